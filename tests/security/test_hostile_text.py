"""A thousand hostile names and texts through every message, button and file: shown as they are, or not at all."""

from __future__ import annotations

import io
import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import meta
from openpyxl.reader.excel import load_workbook

from presentation import chat
from presentation.chat import TEXT_LIMIT, brief, fit, pieces
from presentation.keyboards import button
from presentation.print.letterhead import Letterhead
from presentation.print.matrix import render_matrix_pdf, render_matrix_xlsx
from presentation.print.matrix_view import MatrixHead, MatrixRow
from simulator.bot_api.html import parse_html
from tests.cast import WIB
from tests.security.hostile import hostile_strings

TEMPLATES = sorted(path.stem for path in Path(chat.__file__).parent.glob("*.j2"))
STRINGS = hostile_strings()
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass
class World:
    """What every value of a message is made of: the next of these strings, and how questions about it are answered."""

    strings: Iterator[str]
    same: bool
    """Whether a value equals whatever it is compared with."""
    there: bool
    """Whether a value counts as given."""
    used: int = 0
    parts: int = 2
    """Into how many parts a value can be taken apart."""


class Anything(str):
    """Whatever a template asks of it (an attribute, a call, an item, a sum), it is the next string of its world."""

    world: World

    @classmethod
    def of(cls, world: World) -> Anything:
        world.used += 1
        made = cls(next(world.strings))
        made.world = world
        return made

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything.of(self.world)

    def __call__(self, *_: object, **__: object) -> Anything:
        return Anything.of(self.world)

    def _next(self, *_: object) -> Anything:
        return Anything.of(self.world)

    # Names that a string has itself, and rows have too.
    title = property(_next)
    index = property(_next)
    count = property(_next)
    format = property(_next)
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _next

    def __getitem__(self, key: object) -> Any:
        return [Anything.of(self.world), Anything.of(self.world)] if isinstance(key, slice) else Anything.of(self.world)

    def __iter__(self) -> Iterator[Anything]:
        return iter([Anything.of(self.world) for _ in range(self.world.parts)])

    def __len__(self) -> int:
        return 2

    def __bool__(self) -> bool:
        return self.world.there

    def __eq__(self, _other: object) -> bool:
        return self.world.same

    def __ne__(self, _other: object) -> bool:
        return not self.world.same

    def __gt__(self, _other: object) -> bool:
        return self.world.there

    __ge__ = __lt__ = __le__ = __gt__
    __hash__ = str.__hash__

    def __contains__(self, _other: object) -> bool:
        return self.world.same

    def __int__(self) -> int:
        return 3


@cache
def read(template: str) -> tuple[frozenset[str], int]:
    """The names a template uses, and into how many parts its loops take a value."""
    source = (Path(chat.__file__).parent / f"{template}.j2").read_text(encoding="utf-8")
    parts = max([2, *(taken.count(",") + 1 for taken in re.findall(r"{% for ([^%]*?) in ", source))])
    return frozenset(meta.find_undeclared_variables(chat._templates().parse(source)) | {"words"}), parts


def shown(template: str, world: World) -> list[tuple[str, Counter[str]]]:
    """The texts and kinds of markup that Telegram makes of a message whose every value is of this world."""
    names, world.parts = read(template)
    html = chat.render(template, **{name: Anything.of(world) for name in names})
    found = []
    for part in pieces(html, TEXT_LIMIT):
        text, entities = parse_html(part)
        assert len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
        found.append((text, Counter(entity["type"] for entity in entities)))
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_shows_hostile_text_as_text(template: str) -> None:
    for same, there in itertools.product((True, False), repeat=2):
        usual = sum((kinds for _, kinds in shown(template, World(itertools.repeat("katax"), same, there))), Counter())
        stream, used = itertools.cycle(STRINGS), 0
        while used < (len(STRINGS) if there and not same else 100):
            world = World(stream, same, there)
            parts = shown(template, world)
            used += world.used
            kinds = sum((kinds for _, kinds in parts), Counter())
            assert not kinds - usual, f"more than the template's own markup: {parts}"
            assert not any(UNFIT.search(text) for text, _ in parts), parts


def test_no_template_lets_anything_in_unescaped() -> None:
    for name in TEMPLATES:
        source = (Path(chat.__file__).parent / f"{name}.j2").read_text(encoding="utf-8")
        assert "autoescape" not in source, name
        for before in re.findall(r"(\S+)\s*\|\s*safe", source):
            assert before.endswith(('"', ")")), f"{name}: only words of our own may be marked safe"
        for line in source.split("\n"):
            opened = re.findall(r"<(b|i|u|s|code|pre)>", line)
            closed = re.findall(r"</(b|i|u|s|code|pre)>", line)
            assert Counter(opened) == Counter(closed), f"{name}: a long message is cut between lines: {line}"


def test_one_endless_line_of_anything_can_still_be_sent() -> None:
    for words in STRINGS:
        html = chat.render("plain", text=(words.replace("\n", " ") * 3000)[:9000])
        for part in pieces(html, TEXT_LIMIT):
            text, _ = parse_html(part)
            assert len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT


def test_every_button_has_a_label_that_telegram_takes() -> None:
    for words in [*STRINGS, "", "\u202e", "\x00", "\n"]:
        label = button(words, "look_task", 1)["text"]
        assert label.strip()
        assert len(label) <= 100
        assert not UNFIT.search(label)
        label.encode("utf-8")


def test_a_cut_text_is_never_longer_and_never_nothing() -> None:
    for words in STRINGS:
        assert 0 < len(brief(fit(words), 40)) <= 40


@pytest.fixture(scope="module")
def hostile_rows() -> list[MatrixRow]:
    chance = random.Random(1)
    rows = []
    for number, words in enumerate(STRINGS, start=1):
        others = chance.sample(STRINGS, 3)
        rows.append(MatrixRow(number, words, others[0], lead=others[1], remark=others[2], due=date(2026, 1, 30)))
    return rows


HEAD = MatrixHead(Letterhead(STRINGS[0], STRINGS[1]), STRINGS[2], datetime(2026, 1, 26, 8, tzinfo=WIB))


def test_no_cell_of_the_workbook_is_a_formula(hostile_rows: list[MatrixRow]) -> None:
    data = render_matrix_xlsx(hostile_rows, HEAD)
    book = load_workbook(io.BytesIO(data))  # type: ignore[no-untyped-call]
    texts = 0
    for cell in itertools.chain.from_iterable(row for sheet in book for row in sheet.iter_rows()):
        assert cell.data_type != "f", cell.value
        if isinstance(cell.value, str):
            texts += 1
            assert not cell.value.lstrip().startswith(("=", "+", "@")), cell.value
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", cell.value)
    assert texts > 4000


def test_the_paper_prints_whatever_was_typed(hostile_rows: list[MatrixRow]) -> None:
    assert render_matrix_pdf(hostile_rows, HEAD).startswith(b"%PDF")
