"""Lines of a notulen made clean: formatting marks, odd spaces and emoji away; bullet, number and table cells known."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD, 0xFE0E, 0xFE0F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SPACES = {code: " " for code in (0x00A0, 0x2007, 0x202F, *range(0x2000, 0x200B), 0x3000)}
_KEYCAP = re.compile(r"([0-9#])\u20e3")
_CIRCLED = {chr(0x2460 + n): f"{n + 1}. " for n in range(20)} | {chr(0x2776 + n): f"{n + 1}. " for n in range(10)}
_STRUCK = re.compile(r"~~?(?=\S)([^~\n]*[^~\s])~~?")
_STRUCK_MARK = "\u0336"
_FORMAT = re.compile(r"(?<![^\W_])[*_]+|[*_]+(?![^\W_])|\*")
_NUMBER = re.compile(r"\(?(\d{1,3})(?:\s?[.)]\)?(?=\s|[^\W\d]|$)|/(?=\s))\s*")
# "1.1", "2.3.1)"; not "1.5 ha", "9.5 juta", "8.30 WIB".
_MULTILEVEL = re.compile(
    r"([1-9]\d?(?:\.[1-9]\d?)+)[.)]?\s+(?=[^\W\d])(?!(?:wib|ha|km|m|m2|ton|kg|juta|miliar|milyar|triliun|ribu|persen|jam|unit)\b)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\(?([a-z])[.)]\)?\s+")
_CAPITAL = re.compile(r"\(?([A-Z])[.)]\)?\s+")
_ROMAN = re.compile(r"\(?([IVX]{1,5}|[ivx]{2,5})[.)]\)?\s+")
_BULLET = re.compile(r"[-–—•●▪▫◦‣·○■□➢➤►▶→»>+*¤§]+\s+|o\s+|[-–—•●▪◦·→>]+(?=[A-Z][a-z])")
_LABEL = re.compile(r"[^\t]{2,30}\t+\s*:[^\t]*|[^\t]{2,30}:\t+[^\t]*")  # "Hari/Tgl<tab>: Senin …"
_FORWARDED = re.compile(
    r"^\[?\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]?\s*(?:-\s*)?[^:]{2,40}:\s"
)
# "3.<tab>Dinas …": a list's number, not a table's cell.
_TABBED_MARKER = re.compile(
    r"^[ \t]*(\(?(?:\d{1,3}|[A-Za-z]|[IVX]{1,5})[.)]\)?|[-–—•●▪◦·○■□➢➤►▶*o§]|\d{1,3}(?=\t[^\t]{25,}$))\t+(?=[^\t]+$)"
)
_BOLD_MARKER = re.compile(r"^[*_]+(\(?[\dA-Za-z]{1,4}[.)])[*_]*\s*")
_CALLED_OFF = re.compile(r"(?:di)?(?:batal|coret|cabut|hapus)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` without its marker; `cells` if it is a row of tab-separated cells."""

    number: int
    text: str
    marker: str = ""  # "3", "a", "II", "-"
    level: str = ""  # "number.", "number)", "letter.", "capital.", "roman.", "bullet", …; "" without a marker
    indent: int = 0
    struck: bool = False
    bold: bool = False
    cells: tuple[str, ...] = ()
    width: int = 0

    @property
    def blank(self) -> bool:
        """Nothing to read on it."""
        return not self.text and not self.cells and not self.struck


def clean(text: str) -> str:
    """Text without what does not show or only decorates."""
    text = text.translate(_INVISIBLE).translate(_SPACES)
    return _SPACE.sub(" ", _FORMAT.sub("", text)).strip()


def _is_decoration(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Cs", "Co") and char not in "°^`´¨"


def read_lines(text: str) -> list[Line]:
    """All lines as split at newlines, numbered from 1."""
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        in_table = bool(lines) and len(lines[-1].cells) > 2
        lines.append(_read_line(number, raw.rstrip("\r"), in_table=in_table))
    return lines


def _read_line(number: int, raw: str, *, in_table: bool) -> Line:
    plain = unicodedata.normalize("NFC", raw).translate(_INVISIBLE).translate(_SPACES)
    plain = _KEYCAP.sub(r"\1. ", plain)
    for sign, value in _CIRCLED.items():
        if sign in plain:
            plain = plain.replace(sign, value)
    decorated = bool(plain) and _is_decoration(plain.lstrip()[:1] or " ")
    indent = len(plain) - len(plain.lstrip())
    if not in_table:
        plain = _TABBED_MARKER.sub(lambda match: f"{match.group(1)}{'.' if match.group(1).isdigit() else ''} ", plain)
    if "\t" in (plain.strip(" ") if in_table else plain.strip()) and not _LABEL.fullmatch(plain.strip()):
        cells = tuple(clean(_undecorated(_unstruck(cell))) for cell in plain.strip("\n").split("\t"))
        struck = plain.count(_STRUCK_MARK) > 5 or bool(
            _STRUCK.search(plain) and not _unstruck(plain).strip(" \t0123456789.-")
        )
        return Line(number, " ".join(cell for cell in cells if cell), "", "", indent, struck, False, cells, len(plain))
    body = _FORWARDED.sub("", _SPACE.sub(" ", _undecorated(plain)).strip())
    marker, level, body = _marked(body)
    if not marker and decorated:
        marker, level = "-", "bullet"
    rest = _unstruck(body)
    left = rest.strip(" .;,-()*")
    struck = body.count(_STRUCK_MARK) > 5 or (rest != body and (len(left) < 4 or bool(_CALLED_OFF.match(left))))
    bold = body.startswith("*") and body.rstrip(" :").endswith("*")
    text = clean(rest)
    if marker and not text and not level.startswith("number"):
        marker = level = ""
    if text.startswith("~") or text.endswith("~"):
        text = text.strip("~ ")
    return Line(number, "" if struck else text, marker, level, indent, struck, bold, (), len(plain.strip()))


def _unstruck(text: str) -> str:
    return _STRUCK.sub(" ", text) if "~" in text else text


def _undecorated(text: str) -> str:
    if text.isascii():
        return text
    return "".join(" " if _is_decoration(char) else char for char in text)


def _marked(body: str) -> tuple[str, str, str]:
    """A line's marker, its level, and the rest: "3. Dinas …", "*4.* …", "II. …", "- …"."""
    body = _BOLD_MARKER.sub(r"\1 ", body)
    match = _MULTILEVEL.match(body)
    if match:
        return match.group(1), f"number{match.group(1).count('.') + 1}", body[match.end() :]
    for pattern, level in ((_NUMBER, "number"), (_ROMAN, "roman"), (_LETTER, "letter"), (_CAPITAL, "capital")):
        match = pattern.match(body)
        if match:
            style = "".join(sign for sign in match.group().rstrip() if sign in "()./")
            return match.group(1), f"{level}{style}", body[match.end() :]
    match = _BULLET.match(body)
    if match:
        marker, level, rest = _marked_number(body[match.end() :])
        return (marker, level, rest) if marker else ("-", "bullet", body[match.end() :])
    return "", "", body


def _marked_number(body: str) -> tuple[str, str, str]:
    match = _NUMBER.match(body)
    return (match.group(1), "number.", body[match.end() :]) if match else ("", "", body)
