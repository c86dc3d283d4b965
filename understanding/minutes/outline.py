"""The order of a notulen: which part is arahan, report or attendance, and which heading carries the one asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from understanding.minutes.blocks import Block
from understanding.minutes.people import People, people_of
from understanding.minutes.runs import runs_of
from understanding.minutes.wording import (
    ALL_TASKS,
    ATTENDANCE_HEAD,
    CLOSING_HEAD,
    DIRECTIVE_HEAD,
    DONE_HEAD,
    FORMALITY,
    LABELLED,
    NEXT_MEETING,
    REPLY,
    REPORT_HEAD,
)
from understanding.units import Mention, UnitIndex
from understanding.units.predicates import is_verb
from understanding.units.words import word_set

Mode = Literal["open", "list", "report", "none"]

_DUE_FIRST = re.compile(
    r"(?:paling lambat|plg lambat|selambat|tenggat|batas waktu|deadline|lapor(?:an)?\b.{0,20}\b(?:paling|tgl|tanggal))",
    re.IGNORECASE,
)
_ADDRESS = word_set("""kepada kpd untuk utk bagi yth khusus khususnya arahan instruksi tugas perintah penugasan ditujukan agar supaya diminta dimohon
    segera wajib harus dan serta bersama yang selanjutnya sdr saudara bapak ibu pak pj oleh point poin catatan""")
_SPEAKERS = frozenset({"bupati", "wabup", "sekda"})
_SPEECH = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:asahan\s*)?(?:jg |juga )?(?:menambahkan|menyampaikan|menegaskan|mengingatkan|menekankan|mengarahkan|berpesan|menutup|membuka|menanggapi|meminta|minta|menginstruksikan)?[^:]{0,25}:\s*",
    re.IGNORECASE,
)
_ABOUT_POINTS = re.compile(
    r"(?:khusus |untuk |ralat\W+|koreksi\W+|catatan\W+|revisi\W+)*(?:poin|point|butir|arahan|nomor|no)\b\.?\s*(?:nomor\s*|ke-?\s*|no\.?\s*)?\d",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:paling|selambat|tenggat|batas|sebelum|s\.d\.)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


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


@dataclass(slots=True)
class Common:
    """A sentence about many tasks: `position` is the number of candidates read before it."""

    text: str
    position: int
    lines: tuple[int, int]


@dataclass(slots=True)
class Outline:
    """Candidates in order, tables among them, and sentences about many."""

    candidates: list[Candidate] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    mode: Mode = "open"
    heading: People | None = None
    heading_due: str = ""
    heading_block: Block | None = None
    child_level: str = ""
    topic: str = ""


def read_outline(blocks: Sequence[Block], units: UnitIndex) -> Outline:
    """Walk the blocks once; each is a heading, a formality, something about all, or a candidate."""
    outline, state = Outline(), _State()
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.rows:
            outline.candidates.append(
                Candidate(
                    block, "", mode="list", heading=state.heading, topic=state.topic, heading_due=state.heading_due
                )
            )
            continue
        if block.struck:
            continue
        _leave_heading(block, state)
        text = block.text
        mentions = units.mentions(text)
        if _is_label(block, outline, state):
            _attach(outline.candidates[-1], block)
        elif _section(block, following, mentions, state, outline) or _heading(block, following, mentions, units, state):
            continue
        else:
            _candidate(block, mentions, state, outline)
    return outline


def _leave_heading(block: Block, state: _State) -> None:
    """A heading holds until something of its own rank comes."""
    head = state.heading_block
    if head is None:
        return
    if not state.child_level and block.level != head.level:
        state.child_level = block.level or "text"
        return
    same_rank = block.level == head.level and (block.level != "" or block.after_blank or state.child_level != "text")
    if same_rank or (head.level and block.level == "" and block.after_blank):
        state.heading, state.heading_block, state.child_level, state.heading_due = None, None, "", ""


def _is_label(block: Block, outline: Outline, state: _State) -> bool:
    """ "PJ: …" or "Tenggat: …" on a line of its own belongs to the directive above it."""
    if not outline.candidates or block.level == "number" or outline.candidates[-1].block.rows or state.mode == "none":
        return False
    if block.after_blank or ALL_TASKS.search(block.text) or NEXT_MEETING.search(block.text):
        return False
    if LABELLED.match(block.text):
        return (
            not re.match(r"(?:untuk|kepada|waktu|opd|unit)\b", block.text, re.IGNORECASE)
            or block.level != outline.candidates[-1].block.level
        )
    return bool(_DUE_FIRST.match(block.text)) and len(block.text) < 70


def _attach(candidate: Candidate, block: Block) -> None:
    base = candidate.block
    glue = "" if base.text.endswith((".", ";", ",", ":")) else "."
    base.starts.append((len(base.text) + len(glue) + 1, block.first))
    base.text = f"{base.text}{glue} {block.text}"
    base.last = block.last
    candidate.text = base.text[candidate.offset :]


def _section(
    block: Block, following: Block | None, mentions: Sequence[Mention], state: _State, outline: Outline
) -> bool:
    """Section headings set what is expected below; formalities are passed over."""
    text = block.text
    head, _, rest = text.partition(":")
    short = len(head.split()) <= 9 and (":" in text or len(text.split()) <= 7)
    alone = not rest.strip()
    if DONE_HEAD.match(text) and (alone or len(text.split()) <= 9):
        _enter(state, "none", head)
    elif ATTENDANCE_HEAD.match(text) and short:
        if alone:
            _enter(state, "none", "")
    elif CLOSING_HEAD.match(text) and alone:
        _enter(state, "none" if not re.match("kisaran", text, re.IGNORECASE) else state.mode, "")
    elif DIRECTIVE_HEAD.match(text) and short and alone and not _CUE.search(text):
        _enter(state, "list", head)
    elif REPORT_HEAD.match(text) and short and not is_verb(text.split()[0].lower().strip(":,")):
        if alone:
            _enter(state, "report", head)
    elif FORMALITY.match(text) or (NEXT_MEETING.search(text) and not any(one.kind == "unit" for one in mentions)):
        if ALL_TASKS.search(text) and _has_due(text):
            outline.common.append(Common(text, len(outline.candidates), (block.first, block.last)))
        elif re.search(r"\b(?:resume|arahan|tindak lanjut|matriks)\b", text, re.IGNORECASE) and state.mode == "open":
            state.mode = "open"
    else:
        return False
    return True


def _enter(state: _State, mode: Mode, topic: str) -> None:
    state.mode, state.topic = mode, topic
    state.heading, state.heading_block, state.child_level, state.heading_due = None, None, "", ""


def _has_due(text: str) -> bool:
    return bool(_CUE.search(text) or re.search(r"\d", text))


def _heading(
    block: Block, following: Block | None, mentions: Sequence[Mention], units: UnitIndex, state: _State
) -> bool:
    """A line of names only: whoever stands in it is asked by what stands below."""
    text = block.text
    named = [one for one in mentions if one.kind != "village"]
    if not named or state.mode == "none":
        return False
    if not _only_names(text, named):
        return False
    colon = text.rstrip().endswith((":", ":-"))
    parent = following is not None and not following.rows and following.level != block.level and bool(following.level)
    if not colon and not parent:
        return True  # a signature, an item of an attendance list
    codes = {code for one in named for code in one.codes}
    addressed = re.match(r"(?:kepada|untuk|kpd|utk|bagi|yth|arahan (?:untuk|kepada)|khusus)\b", text, re.IGNORECASE)
    state.heading_due, state.child_level = "", ""
    if codes and codes <= _SPEAKERS and not addressed:
        state.heading, state.heading_block = None, None
        state.mode = "open" if state.mode == "report" else state.mode
        return True
    people = People()
    for run in runs_of(text, named, listed=True):
        people = people.add(people_of(run.members, units, run.excluded, places=True))
    state.heading, state.heading_block = people, block
    return True


def _only_names(text: str, named: Sequence[Mention]) -> bool:
    rest = list(text)
    for one in named:
        rest[one.start : one.end] = " " * (one.end - one.start)
    words = [word.lower() for word in _WORD.findall("".join(rest))]
    return all(
        word in _ADDRESS or word in ("kecuali", "selain", "para", "dengan", "asahan", "kabupaten") for word in words
    )


def _candidate(block: Block, mentions: Sequence[Mention], state: _State, outline: Outline) -> None:
    text, offset, mode = block.text, 0, state.mode
    about_points = _ABOUT_POINTS.match(text) and not _asks_unit(text, mentions)
    if about_points or (ALL_TASKS.search(text) and _has_due(text) and not _asks_unit(text, mentions)):
        outline.common.append(Common(text, len(outline.candidates), (block.first, block.last)))
        return
    speaker = next((one for one in mentions if one.start <= 6 and one.codes and set(one.codes) <= _SPEAKERS), None)
    if speaker:
        speech = _SPEECH.match(text, speaker.end)
        if speech:
            offset, text = speech.end(), text[speech.end() :]
            mode = "open"
    elif _reply(text, mentions):
        return
    if mode == "none":
        mode = "report"
    outline.candidates.append(
        Candidate(block, text, offset, mode, state.heading, state.heading_due, state.topic, block.marker)
    )


def _asks_unit(text: str, mentions: Sequence[Mention]) -> bool:
    return any(one.kind == "unit" and not one.place for one in mentions)


def _reply(text: str, mentions: Sequence[Mention]) -> bool:
    """ "Camat Air Joman: siap, Pak": an answer, not a directive."""
    first = next((one for one in mentions if one.start <= 4), None)
    if first is None:
        return False
    match = re.match(r"\s*(?:\([^)]*\)\s*)?:\s*", text[first.end :])
    return bool(match and REPLY.match(text, first.end + match.end()))
