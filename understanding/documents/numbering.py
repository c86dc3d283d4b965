"""Word's automatic list numbers, which are not in the text of a paragraph."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_BULLET = "-"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written


def _letters(number: int) -> str:
    """A, B … Z, AA, BB … as Word goes on after Z."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(min(number, 3999))
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letters = _letters(min(number, 26 * 20))
        return letters if form == "upperLetter" else letters.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _value(element: Any, path: str, default: str) -> str:
    found = element.find(qn(path)) if element is not None else None
    return default if found is None else str(found.get(qn("w:val"), default))


def _as_int(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else default


class Numbering:
    """Counts a document's lists from its first paragraph to its last."""

    def __init__(self, document: Any) -> None:
        """`document` is python-docx's; one without lists has no numbering part."""
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * 9)
        self._styles: dict[str, tuple[str, int]] = {}
        self._root_of: dict[str, str] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read_lists(part.element)
        for style in document.styles.element.findall(qn("w:style")):
            properties = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                number = _value(properties, "w:numId", "")
                level = _as_int(_value(properties, "w:ilvl", "0"), 0)
                self._styles[str(style.get(qn("w:styleId")))] = (number, level)

    def _read_lists(self, root: Any) -> None:
        abstract = {str(item.get(qn("w:abstractNumId"))): item for item in root.findall(qn("w:abstractNum"))}
        for item in root.findall(qn("w:num")):
            number = str(item.get(qn("w:numId")))
            base = _value(item, "w:abstractNumId", "")
            overrides = item.findall(qn("w:lvlOverride"))
            # Lists of one definition count on together unless one of them starts anew.
            self._root_of[number] = f"num {number}" if overrides else f"abstract {base}"
            sources = [abstract[base].findall(qn("w:lvl"))] if base in abstract else []
            sources += [override.findall(qn("w:lvl")) for override in overrides]
            for level in (level for source in sources for level in source):
                self._add_level(number, level)
            for override in overrides:
                self._restart(number, override)

    def _add_level(self, number: str, level: Any) -> None:
        depth = _as_int(str(level.get(qn("w:ilvl"), "0")), 0)
        start = _as_int(_value(level, "w:start", "1"), 1)
        form = _value(level, "w:numFmt", "decimal")
        self._levels[number, depth] = _Level(form, _value(level, "w:lvlText", f"%{depth + 1}."), start)

    def _restart(self, number: str, override: Any) -> None:
        depth = _as_int(str(override.get(qn("w:ilvl"), "0")), 0)
        known = self._levels.get((number, depth))
        start = _value(override, "w:startOverride", "")
        if known is not None and start:
            self._levels[number, depth] = _Level(known.form, known.pattern, _as_int(start, 1))

    def label_of(self, paragraph: Any) -> str:
        """The number or bullet Word shows before this paragraph (`3.`, `a)`, `-`), or ""; call it in document order."""
        properties = paragraph.find(qn("w:pPr"))
        listed = properties.find(qn("w:numPr")) if properties is not None else None
        style = _value(properties, "w:pStyle", "")
        number, depth = self._styles.get(style, ("", 0))
        if listed is not None:
            number = _value(listed, "w:numId", number)
            depth = min(_as_int(_value(listed, "w:ilvl", str(depth)), depth), 8)
        level = self._levels.get((number, depth))
        if number in ("", "0") or level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return _BULLET
        return self._count(number, depth)

    def _count(self, number: str, depth: int) -> str:
        counts = self._counts[self._root_of[number]]
        level = self._levels[number, depth]
        current = counts[depth]
        counts[depth] = level.start if current is None else current + 1
        counts[depth + 1 :] = [None] * (8 - depth)
        label = level.pattern
        for upper in range(depth + 1):
            shown = self._levels.get((number, upper), level)
            count = counts[upper]
            label = label.replace(f"%{upper + 1}", _written(shown.start if count is None else count, shown.form))
        return label
