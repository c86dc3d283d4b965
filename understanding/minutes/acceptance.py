"""Whether a part of a text is a task at all, and not a report, an appeal, or something called off."""

import re
from collections.abc import Sequence

from understanding.minutes.clauses import Reading, Segment
from understanding.minutes.due import Due
from understanding.minutes.outline import Candidate
from understanding.minutes.people import People
from understanding.minutes.roles import TOLD
from understanding.minutes.status import done_on_a_day, is_called_off, is_finished
from understanding.units import Mention
from understanding.units.predicates import is_predicate

_ASKS = re.compile(r"\b(?:agar|supaya|segera|wajib|harus|diminta)\b", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:kita|jangan|jgn|mari|semoga|jaga|tetap|terima kasih|marilah|ayo|bersyukur)\b", re.IGNORECASE
)
# An appeal to good spirit names no work.
_VIRTUE = re.compile(
    r"\b(?:menjaga|jaga|meningkatkan|tingkatkan|memelihara|pelihara|mempererat|memperkuat|perkuat|mengedepankan)\s+(?:\w+\s+){0,2}?"
    r"(?:kekompakan|kebersamaan|soliditas|semangat|persatuan|kekeluargaan|kesehatan (?:diri|dan)|keselamatan|silaturahmi|keikhlasan"
    r"|netralitas|integritas|nama baik|marwah|etika|loyalitas|keharmonisan)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:mantap|teladan|juara|terbaik|bagus|hebat|luar biasa|keren|apresiasi|selamat|terima kasih|contoh|salut|bangga|kecewa)\b",
    re.IGNORECASE,
)
# "Kepala Bapenda: PAD sampai Desember 2025 sebesar Rp 150 miliar."
_FIGURES = re.compile(
    r"\b(?:sebesar|mencapai|tercatat|terealisasi|realisasi|capaian|baru|sudah|telah|masih|belum)\b|\d\s*(?:%|persen\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def is_task(
    body: str, people: People, due: Due, segment: Segment, candidate: Candidate, reading: Reading, work: str
) -> bool:
    """Whether `body` asks somebody to do something; `work` are its words without names and date."""
    if body.endswith("?") or is_called_off(body) or is_finished(body, asks=bool(_ASKS.search(body))):
        return False
    if due.past and done_on_a_day(body):
        return False
    if not due and _VIRTUE.search(body):
        return False
    words = {word.lower() for word in _WORD.findall(work)}
    if len(words) < (2 if segment.weak and not due else 1):
        return False
    if segment.labelled and (not due or due.past) and _FIGURES.search(body) and not (_ASKS.search(body) or _acts(work)):
        return False
    if segment.weak and not due and _PRAISE.search(body):
        return False
    if segment.weak and not due and TOLD.search(body) and not _ASKS.search(body):
        return False
    if people:
        return _asks_them(body, due, segment, candidate, reading)
    if people.outsiders or candidate.mode != "list" or reading.report or _GENERAL.search(body):
        return False
    return bool(due) and not due.recurring and _acts(body)


def may_be_owned(body: str, people: People, due: Due, candidate: Candidate, reading: Reading) -> bool:
    """Whether a point of a list says what to do and not who: somebody may answer for it elsewhere."""
    return (
        bool(candidate.marker)
        and candidate.mode == "list"
        and not (people or people.outsiders or reading.report or _GENERAL.search(body) or due.past)
        and not (is_called_off(body) or is_finished(body, asks=False))
        and _acts(body)
    )


def _asks_them(body: str, due: Due, segment: Segment, candidate: Candidate, reading: Reading) -> bool:
    if segment.has_subject or candidate.heading is not None:
        return candidate.mode != "report" or bool(_ASKS.search(body))
    if reading.report:
        return False
    return candidate.mode == "list" or bool(candidate.marker) or (candidate.spoken and bool(due))


def _acts(body: str) -> bool:
    """Whether a text without an owner at least says what to do."""
    return any(is_predicate(word.lower()) for word in re.findall(r"[^\W\d_]+", body)[:4])


def work_of(text: str, segment: Segment, mentions: Sequence[Mention], due: Due) -> str:
    """A segment's words without names and date."""
    pieces, at = [], segment.start
    for mention in mentions:
        if mention.kind != "village":
            pieces.append(text[at : mention.start])
            at = max(at, min(mention.end, segment.end))
    plain = " ".join([*pieces, text[at : segment.end]])
    return plain.replace(due.words, " ") if due.words else plain
