"""What people typed, made fit for paper: no control characters, emoji or stacked accents, no endless words."""

from __future__ import annotations

import re
import unicodedata

ELLIPSIS = "…"
_BREAK = "\u200b"
_WORD = re.compile(r"\S{10,}")
_BULLET_STAR = re.compile(r"(?<!\w)\*(\S(?:[^*\n]*\S)?)\*(?!\w)")
_NARROW_WORD = re.compile(r"[^\W\d_]{13,}")
_SYLLABLE = re.compile(r"(?<=[a-zA-Z]{2}[aiueo])(?=[bcdfghjklmnpqrstvwxyz][aiueo][a-z])")
_LIST_DASH = re.compile(r"^[-+]\s+")
_FORMULA_SIGNS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
# Symbols the shipped fonts draw; every other pictograph would print as an empty box.
_DRAWABLE = frozenset("■□▪▫▲△▼▽●○◆◇★☆✓✗")
_FIRST_PICTOGRAPH = 0x2300
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Me"})


def printable(text: str, limit: int, *, keep_lines: bool = False, longest_word: int = 24) -> str:
    """Text that the shipped fonts can set, at most `limit` characters with an ellipsis when it was longer.

    White space runs become one space; with `keep_lines` line ends stay. Words over `longest_word` letters get
    invisible break points so that they never run out of their box.
    """
    # Cut before the costly work: a message of megabytes must not cost seconds.
    text = text[: limit * 4]
    if not (text.isascii() and text.isprintable()):
        text = "".join(_drawable(unicodedata.normalize("NFC", _plain_letters(text))))
    if keep_lines:
        lines = (" ".join(line.split()) for line in text.splitlines())
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    else:
        text = " ".join(text.split())
    text = _BULLET_STAR.sub(r"\1", text)
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + ELLIPSIS
    return _WORD.sub(lambda word: _breakable(word.group(), longest_word), text)


def hyphenatable(text: str) -> str:
    """The same with soft hyphens in words of 13 letters and more, for narrow columns.

    Indonesian syllables end before a consonant that a vowel follows; the first and last three letters stay whole.
    """
    return _NARROW_WORD.sub(lambda word: _SYLLABLE.sub("\u00ad", word.group()), text)


def cell_text(text: str) -> str:
    """Text safe in a spreadsheet cell: no control characters, at most 32,000 characters, never a formula.

    What a spreadsheet would take for a formula gets an apostrophe in front; a leading list dash becomes an en dash.
    """
    kept = "".join(
        char for char in text[:40_000] if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Cf"}
    )
    kept = kept.strip()[:32_000]
    kept = _LIST_DASH.sub("– ", kept)
    return f"'{kept}" if kept.startswith(_FORMULA_SIGNS) else kept


def _plain_letters(text: str) -> str:
    # Chat users write "bold" with mathematical or full-width letters, which ordinary fonts lack.
    return "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" or "！" <= char <= "～" else char
        for char in text
    )


def _drawable(text: str) -> list[str]:
    kept: list[str] = []
    after_mark = False
    for char in text:
        category = unicodedata.category(char)
        if category in {"Zs", "Zl", "Zp"} or char in "\n\t\r":
            kept.append("\n" if char in "\n\u2028\u2029" else " ")
        elif category == "Mn":
            if not after_mark and not "\ufe00" <= char <= "\ufe0f":
                kept.append(char)
            after_mark = True
            continue
        elif category not in _HIDDEN and not _is_pictograph(char, category):
            kept.append(char)
        after_mark = False
    return kept


def _is_pictograph(char: str, category: str) -> bool:
    if char in _DRAWABLE:
        return False
    return (category in {"So", "Sk"} and ord(char) >= _FIRST_PICTOGRAPH) or ord(char) >= 0x1F000


def _breakable(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    return _BREAK.join(word[start : start + 10] for start in range(0, len(word), 10))
