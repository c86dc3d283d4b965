"""Headings of a notulen: the stack of those that hold for a line, and whom or what they name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from understanding.minutes.blocks import Block
from understanding.minutes.people import People, people_of
from understanding.minutes.runs import runs_of
from understanding.units import Mention, UnitIndex
from understanding.units.predicates import CUES, is_verb
from understanding.units.words import word_set

_ADDRESS = word_set(
    """kepada kpd untuk utk bagi yth khusus khususnya arahan instruksi tugas perintah penugasan ditujukan agar supaya diminta
    dimohon segera wajib harus dan serta bersama yang selanjutnya sdr saudara bapak ibu pak pj oleh point poin catatan kecuali
    selain para dengan asahan kabupaten berikut sebagai"""
)
_ADDRESSED = re.compile(
    r"(?:kepada|untuk|kpd|utk|bagi|yth|khusus|(?:arahan|instruksi|tugas|perintah|penugasan) (?:untuk|kepada|bagi|khusus))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
SPEAKERS = frozenset({"bupati", "wabup", "sekda"})
_LONGEST_TOPIC = 9
_NAMES_BEHIND = re.compile(r"(?:[(\[]|\s[–—-]\s|:\s)([^()\[\]:]+)[)\]]?\s*:?\s*$")


@dataclass(slots=True)
class Heading:
    """A heading in force: whom it asks, its deadline, and its words for the programme."""

    block: Block
    people: People | None = None
    due: str = ""
    topic: str = ""
    child_level: str = ""


@dataclass(slots=True)
class Headings:
    """The headings that hold, outermost first."""

    stack: list[Heading] = field(default_factory=list)

    def clear(self) -> None:
        """A new section begins."""
        self.stack.clear()

    def push(self, heading: Heading) -> None:
        """A heading takes the place of those of its own rank."""
        block = heading.block
        while (
            self.stack and self.stack[-1].block.level == block.level and block.indent <= self.stack[-1].block.indent + 1
        ):
            self.stack.pop()
        self.stack.append(heading)

    def leave(self, block: Block) -> None:
        """Drop the headings that end where `block` begins: at something of their own rank."""
        for depth, heading in enumerate(self.stack):
            if _ends(heading, block):
                del self.stack[depth:]
                return
        if self.stack and not self.stack[-1].child_level:
            self.stack[-1].child_level = block.level or "text"

    def open_over(self, block: Block, following: Block | None) -> bool:
        """Whether `block` stands over the next one, and the next one does not go on with an outer list."""
        outer = {heading.block.level for heading in self.stack if heading.block.level}
        goes_on = following is not None and following.level in outer and following.indent <= block.indent
        return carries(block, following) and (not goes_on or block.text.rstrip().endswith(":"))

    @property
    def people(self) -> People | None:
        """Who is asked by the innermost heading that names somebody."""
        return next((heading.people for heading in reversed(self.stack) if heading.people is not None), None)

    @property
    def due(self) -> str:
        """The innermost deadline that a heading gives."""
        return next((heading.due for heading in reversed(self.stack) if heading.due), "")

    @property
    def topic(self) -> str:
        """The headings' words."""
        return " ".join(heading.topic for heading in reversed(self.stack))


def _ends(heading: Heading, block: Block) -> bool:
    head = heading.block
    if block.level:
        return block.level == head.level and block.indent <= head.indent + 1
    if head.level:
        return block.after_blank and block.indent <= head.indent
    return block.after_blank or heading.child_level not in ("", "text")


def only_names(text: str, named: Sequence[Mention]) -> bool:
    """Whether a text holds nothing but names and words of address: "Kepada Dinas Pertanian:"."""
    rest = list(text)
    for one in named:
        rest[one.start : one.end] = " " * (one.end - one.start)
    return all(word in _ADDRESS for word in _WORD.findall("".join(rest).lower()))


def carries(block: Block, following: Block | None) -> bool:
    """Whether a block of names or of few words stands over the next one: by a colon, or by the next one's bullets."""
    if block.text.rstrip(" -").endswith(":"):
        return True
    if following is None:
        return False
    if following.rows:
        return block.last + 2 >= following.first
    if block.bold and not following.bold and not following.after_blank:
        return True
    return bool(following.level) and (following.level != block.level or following.indent > block.indent + 1)


def children_of(block: Block, below: Sequence[Block]) -> list[Block]:
    """The bullets directly below a block that are of a deeper level."""
    children: list[Block] = []
    for one in below:
        same = one.level == block.level and one.indent <= block.indent + 1
        if (
            not one.level
            or one.rows
            or same
            or (children and one.level != children[0].level and one.indent <= children[0].indent)
        ):
            break
        children.append(one)
    return children


def is_addressed(text: str) -> bool:
    """ "Kepada …", "Arahan untuk …"."""
    return bool(_ADDRESSED.match(text))


def is_speaker(text: str, named: Sequence[Mention]) -> bool:
    """ "Sekda:" announces who speaks; "Kepada Sekda:" asks him."""
    codes = {code for one in named for code in one.codes}
    return bool(codes) and codes <= SPEAKERS and not _ADDRESSED.match(text)


def heading_people(text: str, named: Sequence[Mention], units: UnitIndex) -> People:
    """Whom a heading asks."""
    people = People()
    for run in runs_of(text, named, listed=True):
        people = people.add(people_of(run.members, units, run.excluded, places=True))
    return people


def topic_and_names(text: str, named: Sequence[Mention]) -> bool:
    """ "BIDANG PERTANIAN (Dinas Pertanian)", "Ketahanan pangan – Dinas Ketapang:": a topic, then nothing but names."""
    match = _NAMES_BEHIND.search(text)
    if not match or any(one.start < match.start(1) for one in named):
        return False
    return bool(_WORD.search(text[: match.start()])) and only_names(match.group(1), shifted(named, match.start(1)))


def shifted(named: Sequence[Mention], by: int) -> list[Mention]:
    """Mentions as they stand in the text behind offset `by`."""
    return [replace(one, start=one.start - by, end=one.end - by) for one in named]


def is_topic(block: Block) -> bool:
    """Few words without a verb: "B. Ketahanan pangan"."""
    words = block.text.split()
    if not words or len(words) > _LONGEST_TOPIC:
        return False
    first = words[0].lower().strip(":,")
    return not is_verb(first) and not any(word.lower().strip(":,") in CUES for word in words)
