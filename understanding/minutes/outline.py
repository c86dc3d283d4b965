"""The order of a notulen: which part is arahan, report or attendance, and which heading carries the one asked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from understanding.minutes.blocks import Block
from understanding.minutes.clauses import read_clauses
from understanding.minutes.dialogue import announces, is_reply, is_report, is_spoken, order_behind, speech_at
from understanding.minutes.headings import (
    SPEAKERS,
    Heading,
    Headings,
    carries,
    children_of,
    heading_people,
    is_addressed,
    is_speaker,
    is_topic,
    only_names,
    topic_and_names,
)
from understanding.minutes.openings import (
    ATTENDANCE_HEAD,
    CLOSING_HEAD,
    DIRECTIVE_HEAD,
    REPORT_HEAD,
    is_about_earlier,
    is_formality,
    is_next_meeting,
    names_directives,
)
from understanding.minutes.people import People
from understanding.minutes.wording import ALL_TASKS, LABELLED
from understanding.units import Mention, UnitIndex
from understanding.units.predicates import is_verb
from understanding.units.words import word_set

Mode = Literal["open", "list", "report", "none"]
Dated = Callable[[str], bool]  # whether a text holds a deadline

_DUE_FIRST = re.compile(
    r"(?:paling lambat|plg lambat|selambat|tenggat|batas waktu|deadline|lapor(?:an)?\b.{0,20}\b(?:paling|tgl|tanggal))",
    re.IGNORECASE,
)
_ABOUT_POINTS = re.compile(
    r"(?:khusus |untuk |ralat\W+|koreksi\W+|catatan\W+|revisi\W+)*(?:poin|point|butir|arahan|nomor|no)\b\.?"
    r"\s*(?:nomor\s*|ke-?\s*|no\.?\s*)?\d",
    re.IGNORECASE,
)
_NEVER_ASKED = frozenset({"bupati", "wabup"})
_IN_THIS_PART = re.compile(r"\b(?:bagian|bab|kelompok|bidang) ini\b", re.IGNORECASE)
_UNIT_LABEL = re.compile(r"(?:untuk|kepada|waktu|opd|unit)\b", re.IGNORECASE)


@dataclass(slots=True)
class Candidate:
    """A text that may hold directives, with what the document says about it."""

    block: Block
    text: str
    offset: int = 0  # where `text` begins in the block's text
    mode: Mode = "open"
    heading: People | None = None
    heading_due: str = ""
    topic: str = ""
    marker: str = ""
    spoken: bool = False


@dataclass(slots=True)
class Common:
    """A sentence about many tasks: `position` is the number of candidates read before it."""

    text: str
    position: int
    lines: tuple[int, int]
    end: int | None = None  # the number of candidates where its section ends; None: it holds to the end
    headed: bool = False  # it stands in a section's heading


@dataclass(slots=True)
class Outline:
    """Candidates in order, tables among them, and sentences about many."""

    candidates: list[Candidate] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)


class _Walk:
    """One pass over the blocks."""

    def __init__(self, units: UnitIndex, dated: Dated, *, dialogue: bool) -> None:
        self.units = units
        self.dialogue = dialogue
        self.dated = dated
        self.outline = Outline()
        self.mode: Mode = "open"
        self.section = ""
        self.section_head: Block | None = None
        self.headings = Headings()
        self.steps_left = 0  # of the last candidate, which announced them with a colon

    def read(self, block: Block, below: Sequence[Block]) -> None:
        """Read one block; `below` are the blocks behind it."""
        if block.struck:
            return
        if self.steps_left:
            self.steps_left -= 1
            _attach(self.outline.candidates[-1], block)
            return
        if block.rows:
            self._add(block, "", 0, "none" if self.mode == "none" else "list")
            return
        mentions = self.units.mentions(block.text)
        if self._is_label(block):
            _attach(self.outline.candidates[-1], block)
            return
        self.headings.leave(block)
        following = below[0] if below else None
        if not (self._section(block, following, mentions) or self._heading(block, following, mentions)):
            self._candidate(block, below, mentions)

    def _add(self, block: Block, text: str, offset: int, mode: Mode, *, spoken: bool = False) -> None:
        topic = f"{self.headings.topic} {self.section}"
        self.outline.candidates.append(
            Candidate(block, text, offset, mode, self.headings.people, self.headings.due, topic, block.marker, spoken)
        )

    def _common(self, block: Block, *, headed: bool = False) -> None:
        place = len(self.outline.candidates)
        self.outline.common.append(Common(block.text, place, (block.first, block.last), headed=headed))

    def _enter(self, block: Block, mode: Mode, section: str = "") -> None:
        for sentence in self.outline.common:
            if sentence.headed and sentence.end is None:
                sentence.end = len(self.outline.candidates)
        self.mode, self.section = mode, section
        self.section_head = block
        self.headings.clear()

    def _is_label(self, block: Block) -> bool:
        """ "PJ: …" or "Tenggat: …" on a line of its own belongs to the directive above it."""
        if not self.outline.candidates or self.mode == "none" or block.after_blank:
            return False
        last = self.outline.candidates[-1].block
        if last.rows or block.level.startswith("number") or ALL_TASKS.search(block.text) or is_next_meeting(block.text):
            return False
        if LABELLED.match(block.text):
            return not _UNIT_LABEL.match(block.text) or block.level != last.level
        return bool(_DUE_FIRST.match(block.text)) and len(block.text) < 70 and block.level != (last.level or None)

    def _section(self, block: Block, following: Block | None, mentions: Sequence[Mention]) -> bool:
        """Section headings set what is expected below; formalities are passed over."""
        text = block.text
        head, _, rest = text.partition(":")
        short = len(head.split()) <= 9 and (":" in text or len(text.split()) <= 7)
        alone = not rest.strip()
        if not _may_head(block):
            return self._formality(block, mentions)
        if is_about_earlier(text) and (alone or len(text.split()) <= 9):
            self._enter(block, "none", head)
        elif ATTENDANCE_HEAD.match(text) and short:
            if alone:
                self._enter(block, "none")
        elif CLOSING_HEAD.match(text) and alone:
            self._enter(block, "none" if not text.lower().startswith("kisaran") else self.mode)
        elif DIRECTIVE_HEAD.match(text) and self._heads_directives(text, mentions, short=short):
            self._enter(block, "list", head)
            self._head_addressed(block, following, mentions)
            if self.dated(text) and not text.lower().startswith(("hasil", "resume")):
                self._common(block, headed=True)
        elif names_directives(text) and len(text.split()) <= 9 and alone and _top_level(block):
            self._enter(block, "list", head)
        elif self._ends_section(block):
            self._enter(block, "open", head)
        elif not self.outline.candidates and self.mode == "open" and alone and _MEETING.search(text):
            return self._formality(block, mentions) or REPORT_HEAD.match(text)  # a title
        elif REPORT_HEAD.match(text) and short and not is_verb(text.split()[0].lower().strip(":,")):
            if alone:
                self._enter(block, "report", head)
            elif _ASKS.search(rest):
                return False
        else:
            return self._formality(block, mentions)
        return True

    def _ends_section(self, block: Block) -> bool:
        """ "IV. LAIN-LAIN" ends the reports or the attendance that "III. …" stands over."""
        head = self.section_head
        return (
            self.mode in ("none", "report")
            and head is not None
            and bool(block.level)
            and block.level == head.level
            and block.indent <= head.indent
            and block.text.isupper()
            and is_topic(block)
            and not ATTENDANCE_HEAD.match(block.text)
            and not REPORT_HEAD.match(block.text)
        )

    def _heads_directives(self, text: str, mentions: Sequence[Mention], *, short: bool) -> bool:
        """ "ARAHAN BUPATI:", "Arahan (semua paling lambat 8 Mei):", "Arahan - batas waktu: 8 Mei"."""
        head, _, rest = text.partition(":")
        if not rest.strip() and short:
            return True
        asked = {code for one in mentions for code in one.codes}
        if not asked <= SPEAKERS or not self.dated(text):
            return False
        return not rest.strip() or (len(rest.split()) <= _LONGEST_DATE and bool(_ALL_DUE.search(head)))

    def _head_addressed(self, block: Block, following: Block | None, mentions: Sequence[Mention]) -> None:
        """ "ARAHAN BUPATI KEPADA PARA CAMAT:" opens a section and asks at once."""
        match = _TO_WHOM.search(block.text)
        named = [one for one in mentions if match and one.start >= match.end() - 1 and one.kind != "village"]
        if (
            named
            and only_names(block.text, [one for one in mentions if one.kind != "village"])
            and carries(block, following)
        ):
            people = heading_people(block.text, named, self.units)
            self.headings.push(Heading(block, people, "", block.text))

    def _formality(self, block: Block, mentions: Sequence[Mention]) -> bool:
        text = block.text
        if block.level and self.mode == "list" and any(one.kind in ("unit", "group") for one in mentions):
            return False
        if is_formality(text) or (is_next_meeting(text) and not any(one.kind == "unit" for one in mentions)):
            if ALL_TASKS.search(text) and self.dated(text):
                self._common(block)
        else:
            return False
        return True

    def _heading(self, block: Block, following: Block | None, mentions: Sequence[Mention]) -> bool:
        """A line of names: whoever stands in it is asked by what stands below. A line of few words: a topic."""
        if self.mode == "none":
            return False
        named = [one for one in mentions if one.kind != "village"]
        text = block.text
        if named and (only_names(text, named) or only_names(_DATES.sub(" ", text), named)):
            if not self.headings.open_over(block, following):
                return True  # a signature, an item of an attendance list
            if is_speaker(text, named):
                self.headings.clear()
                self.mode = "open" if self.mode == "report" else self.mode
                return True
            if following and is_report(following.text) and not is_addressed(text):
                self._enter(block, "report")
                return True
            self.headings.push(Heading(block, heading_people(text, named, self.units), self._due_in(text), text))
            return True
        if named and is_topic(block) and topic_and_names(text, named) and self.headings.open_over(block, following):
            self.headings.push(Heading(block, heading_people(text, named, self.units), self._due_in(text), text))
            return True
        if not named and is_topic(block) and self.headings.open_over(block, following):
            self.headings.push(Heading(block, None, self._due_in(text), text))
            return True
        return False

    def _steps(self, block: Block, below: Sequence[Block], mentions: Sequence[Mention]) -> int:
        """How many blocks below are steps of this one; it may turn out a heading, and then there is none.

        "Dinas A agar melaksanakan:" with tasks below is a heading, "Dinas A agar membangun gerai, meliputi:" is a task.
        """
        if not block.text.rstrip().endswith(":") or not mentions:
            return 0
        children = children_of(block, below)
        segments = [
            one for one in read_clauses(block.text, mentions, self.units, strict=False).segments if one.has_subject
        ]
        if not children or len(segments) != 1:
            return 0
        if announces(segments[0].people.codes, block.text):
            self.headings.clear()
            return -1
        asked = max(one.end for one in mentions if one.start <= segments[0].start + 1 or one.kind != "village")
        own_words = [word for word in re.findall(r"[^\W\d_]{4,}", block.text[asked:].lower()) if word not in _GENERIC]
        if len(own_words) > 2 and sum(self.dated(child.text) for child in children) < 2:
            return len(children)
        due = block.text if self.dated(block.text) else ""
        self.headings.push(Heading(block, segments[0].people, due, block.text))
        return -1

    def _due_in(self, text: str) -> str:
        """A heading's words if they hold a deadline."""
        return text if self.dated(text) else ""

    def _candidate(self, block: Block, below: Sequence[Block], mentions: Sequence[Mention]) -> None:
        text, offset, mode = block.text, 0, self.mode
        steps = self._steps(block, below, mentions)
        if steps < 0:
            return
        self.steps_left = steps
        asked = {code for one in mentions if one.kind == "unit" and not one.place for code in one.codes}
        about_points = _ABOUT_POINTS.match(text) and asked <= SPEAKERS
        if about_points or (ALL_TASKS.search(text) and self.dated(text) and asked <= _NEVER_ASKED):
            self._common(block, headed=bool(_IN_THIS_PART.search(text)))
            return
        speech = speech_at(text, mentions)
        label = _DIRECTIVE_LABEL.match(text)
        if label:
            offset, mode = label.end(), "list"
        elif speech:
            offset, mode = speech, "open"
        elif is_reply(text, mentions, dialogue=self.dialogue and not block.level):
            offset, mode = order_behind(text), "open"
            if not offset:
                return
        self._add(block, text[offset:], offset, "report" if mode == "none" else mode, spoken=bool(speech))


# "Arahan: operasi pasar …" asks even among reports.
_DIRECTIVE_LABEL = re.compile(
    r"(?:arahan|instruksi|perintah)(?:\s+(?:bupati|wakil bupati|wabup|sekda|pimpinan))?\s*:\s*(?=\S)", re.IGNORECASE
)
_MEETING = re.compile(r"\b(?:rapat|rakor|rakorpem)\b", re.IGNORECASE)
_LONGEST_DATE = 7  # words behind the colon of "Arahan, batas waktu: …"
_ALL_DUE = re.compile(
    r"\b(?:batas|tenggat|deadline|jatuh tempo|target|paling lambat|waktu penyelesaian)\b", re.IGNORECASE
)
_MOST_STEPS = 40
_TO_WHOM = re.compile(r"\b(?:kepada|untuk|bagi|khusus)\s", re.IGNORECASE)
_GENERIC = word_set(
    """agar supaya segera wajib harus untuk diminta hal-hal berikut sebagai yaitu antara lain langkah-langkah melakukan melaksanakan
    menyiapkan menyelesaikan menindaklanjuti mengambil memperhatikan tugas kegiatan langkah sebagaimana"""
)
_ASKS = re.compile(r"\b(?:agar|supaya|wajib|harus|segera|diminta)\b", re.IGNORECASE)
_DATES = re.compile(r"\(?\b(?:paling|selambat|tenggat|batas|sebelum|sampai|s\.d\.|tgl|tanggal)\b.*$", re.IGNORECASE)


def read_outline(blocks: Sequence[Block], units: UnitIndex, dated: Dated) -> Outline:
    """Walk the blocks once; each is a heading, a formality, something about all, or a candidate."""
    walk = _Walk(units, dated, dialogue=sum(is_spoken(block.text) for block in blocks) > 1)
    for index, block in enumerate(blocks):
        walk.read(block, blocks[index + 1 : index + 1 + _MOST_STEPS])
    return walk.outline


def _top_level(block: Block) -> bool:
    """Numbered with a capital or a Roman number, in capitals, or ending with a colon: surely a heading."""
    return block.level.startswith(("roman", "capital")) or block.text.isupper() or block.text.rstrip().endswith(":")


def _may_head(block: Block) -> bool:
    """Whether a line can be a section's heading: an item of a list is one only with a colon."""
    if not block.level.startswith(("number", "letter", "bullet")):
        return True
    return block.text.rstrip().endswith(":") or (len(block.text.split()) <= 5 and not block.text.endswith("."))


def _attach(candidate: Candidate, block: Block) -> None:
    """Put a labelled line behind the directive it belongs to."""
    base = candidate.block
    glue = "" if base.text.endswith((".", ";", ",", ":")) else "."
    base.starts.append((len(base.text) + len(glue) + 1, block.first))
    base.text = f"{base.text}{glue} {block.text}"
    base.last = block.last
    candidate.text = base.text[candidate.offset :]
