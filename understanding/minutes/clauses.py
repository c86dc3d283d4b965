"""A line or paragraph cut into directives: one for each one who is asked to do something of his own."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from understanding.minutes.headings import SPEAKERS
from understanding.minutes.people import People, are_equals, people_of
from understanding.minutes.roles import leading_mark, place_run
from understanding.minutes.runs import Run, runs_of
from understanding.minutes.wording import ALL_TASKS
from understanding.units import Mention, UnitIndex
from understanding.units.words import word_set

# Words at the end of a part that only lead over to the next one who is asked.
_LEADS_OVER = word_set(
    """dan serta sedangkan sementara itu adapun lalu kemudian selanjutnya selain untuk kepada agar begitu juga sekaligus tetapi
    namun bupati wakil wabup sekda pak minta meminta diminta pj menugaskan memerintahkan memerintah menginstruksikan pertama
    kedua ketiga keempat kelima keenam terakhir supaya maka bahwa juga menegaskan menekankan mengingatkan mengarahkan menambahkan trus terus bapak ibu tolong mohon"""
)
_SUBORDINATE = re.compile(
    r"(?:menindaklanjuti|sehubungan|terkait|mengingat|berdasarkan|sesuai|guna|dalam rangka|atas|bila|jika|apabila|karena|soal"
    r"|mengenai|tentang|menyikapi|menghadapi|setelah|untuk mendukung|terhadap|dari|di(?! bawah)|pada|melihat|menanggapi|akibat|dampak"
    r"|dengan adanya)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.;:!?]|,\s")
_OPENING = 200  # characters within which a sentence's opening clause ends
_NEXT_TO = 6  # characters between an exception and the group behind it
_IN_LEAD = re.compile(
    r"\s*(?:\((?:koordinator|pj|ketua|leading sec?k?tor|penanggung ?jawab|pic|lead)\b[^)]{0,20}\)"
    r"|,?\s*(?:selaku|sebagai|sbg)\s+(?:koordinator|pj|ketua|leading sec?k?tor|penanggung ?jawab|pic)\b)",
    re.IGNORECASE,
)
# A list's number before the next one who is asked; not the day of "setiap tanggal 5."
_NUMBER_LAST = re.compile(
    r"(?<!tanggal)(?<!tgl)(?<!tgl\.)(?<!pukul)(?<!jam)(?<!asisten)(?<!tahap)(?<!semester)(?<!triwulan)(?<!tw)[\s;:.,]"
    r"\(?(?:\d{1,2}|[a-z])[.)]\s*$",
    re.IGNORECASE,
)
_LAST = re.compile(r"([^\W_]+)[^\w]*$")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z\"“(])|(?<=[;])\s*")
_DUE_SENTENCE = re.compile(
    r"(?:batas waktu|tenggat|deadline|paling lambat|selambat|kedua|masing-masing)\b", re.IGNORECASE
)
_FULL_STOP = re.compile(r"(?<=[a-z0-9)])[.!?]\s+(?=[A-Z])")
_COORDINATES = re.compile(
    r"\b(?:meng?koordinir|meng?koordinasikan|mengoordinir|mengoordinasikan|mengoordinasi|memimpin|mengetuai|koordinir)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Segment:
    """One directive's part of a text; `shared` are words behind it that hold for every directive of the text."""

    start: int
    end: int
    people: People
    has_subject: bool = True
    shared: str = ""
    sentence: int = 0
    weak: bool = False  # nothing behind the name says that it is to do something
    labelled: bool = False  # only a colon behind the name says so


@dataclass(slots=True)
class Reading:
    """What a text holds: what stands before the first directive, the directives, and a sentence about all of them."""

    prefix: str = ""
    segments: list[Segment] = field(default_factory=list)
    report: bool = False


def read_clauses(
    text: str, mentions: Sequence[Mention], units: UnitIndex, *, strict: bool, listed: bool = True
) -> Reading:
    """Cut `text` at each new one who is asked; `strict` asks for a verb or "agar" behind the name.

    `listed` says that the text stands in a list of directives.
    """
    runs = list(_parted(text, runs_of(text, mentions)))
    for run in runs:
        place_run(text, run, strict=strict or run.bare, listed=listed)
    _go_on_behind_labels(text, runs)
    _leave_to_orderers(text, runs)
    subjects = [run for run in runs if run.role == "subject" and _can_be_asked(run)]
    reading = Reading()
    if not subjects:
        return _without_subject(text, runs, units, reading)
    subjects = _merged(text, subjects, reading)
    cuts = [run.start for run in subjects] + [len(text)]
    starts = [run.start for run in runs]
    ends = [match.start() for match in _FULL_STOP.finditer(text)]
    reading.prefix = text[: cuts[0]]
    for index, run in enumerate(subjects):
        start, end = cuts[index], cuts[index + 1]
        if index + 1 < len(subjects):
            end = _without_lead_over(text, start, end)
        first = bisect_left(starts, start)
        inside = [one for one in runs[first : bisect_left(starts, cuts[index + 1])] if one is not run]
        inside += [
            one for one in runs[max(0, first - 1) : first] if one.role == "except" and start - one.end < _NEXT_TO
        ]
        people = _people(text, run, inside, units)
        sentence = bisect_left(ends, start)
        reading.segments.append(Segment(start, end, people, sentence=sentence, weak=not run.predicate))
        reading.segments[-1].labelled = run.predicate == "colon"
    _split_off_shared(text, reading)
    return reading


def _parted(text: str, runs: Sequence[Run]) -> Iterator[Run]:
    """ "Menindaklanjuti temuan Inspektorat, Dinas Perhubungan menyetor …": behind the comma the one who is asked."""
    for run in runs:
        before = text[: run.start] if run.start < _OPENING else ""
        cut = 0
        if len(run.members) > 1 and before.strip() and _SUBORDINATE.match(before) and "," not in before:
            pairs = list(pairwise(run.members))
            cut = next((n for n, (a, b) in enumerate(pairs, 1) if text[a.end : b.start].strip() == ","), 0)
        if cut:
            yield Run(run.members[:cut])
            yield Run(run.members[cut:], run.excluded)
        else:
            yield run


def _leave_to_orderers(text: str, runs: Sequence[Run]) -> None:
    """ "Seluruh camat agar mengingatkan kepala desa menyetor": whom a unit is to order is not asked himself."""
    for before, run in pairwise(runs):
        orders = before.role == "subject" and before.predicate in ("cue", "verb") and _can_be_asked(before)
        speaks = all(set(one.codes) <= SPEAKERS for one in before.members if one.codes) and any(
            one.codes for one in before.members
        )
        if orders and not speaks and run.ordered and not _BREAK.search(text[before.end : run.start]):
            run.role = "object"


def _go_on_behind_labels(text: str, runs: Sequence[Run]) -> None:
    """ "PJ: Dinas Sosial; Camat": behind a label a semicolon joins names."""
    for before, run in pairwise(runs):
        if before.role in ("lead", "label") and run.role == "object" and text[before.end : run.start].strip() == ";":
            run.role = "label"


def _can_be_asked(run: Run) -> bool:
    """Not the Bupati himself, and not only outside bodies."""
    return any(
        mention.kind in ("group", "other", "unknown")
        or (mention.kind == "unit" and not set(mention.codes) <= {"bupati", "wabup"})
        for mention in run.members
    )


def _merged(text: str, subjects: list[Run], reading: Reading) -> list[Run]:
    """ "Asisten II mengoordinir TPID; Dinas A melaksanakan …" is one task with Asisten II in the lead."""
    kept: list[Run] = []
    for run in subjects:
        if (
            kept
            and _COORDINATES.search(text[kept[-1].end : kept[-1].end + 40])
            and _only_joined(text[kept[-1].end : run.start])
        ):
            kept[-1].members.extend(run.members)
            kept[-1].excluded.extend(run.excluded)
            continue
        kept.append(run)
    return kept


def _only_joined(between: str) -> bool:
    return "." not in between and len(between) < 120 and (";" in between or "," in between)


def _people(text: str, run: Run, others: Sequence[Run], units: UnitIndex) -> People:
    people = people_of(run.members, units, run.excluded, places=run.bare)
    if leading_mark(text, run) and people.codes:
        people.lead = _marked(text, run, units)
    people.lead = next(
        (code for one in run.members if _IN_LEAD.match(text, one.end) for code in one.codes), people.lead
    )
    for other in others:
        if other.role == "bracket" and not people.codes and _closes(text, other):
            people = people.add(people_of(other.members, units, other.excluded))
            continue
        if other.role == "except":
            people.exclude.extend(code for code in people_of(other.members, units, places=True).codes)
            continue
        if other.role not in ("with", "lead", "label"):
            if leading_mark(text, other):
                _take_lead(people, other, units)
            continue
        more = people_of(other.members, units, other.excluded)
        if other.role == "lead" or leading_mark(text, other):
            more.lead = more.codes[0] if more.codes else None
            people.lead = None
        people = people.add(more)
    return people.without_excluded()


def _take_lead(people: People, run: Run, units: UnitIndex) -> None:
    """ "Bapperida sebagai koordinator" behind the directive names one who is already asked, or adds him."""
    codes = people_of(run.members[-1:], units).codes
    if codes:
        people.lead = codes[0]
        if codes[0] not in people.codes:
            people.codes.append(codes[0])


def _marked(text: str, run: Run, units: UnitIndex) -> str | None:
    """Of several names before "sebagai koordinator" the last one is meant; before "PJ:" the first; a group never."""
    behind = re.match(r"\s*[,(]?\s*(?:sebagai|selaku|sbg|menjadi)\b", text[run.end : run.end + 20], re.IGNORECASE)
    chosen = run.members[-1] if behind else run.members[0]
    if not behind and are_equals(people_of(run.members, units).codes, units):
        return None
    codes = people_of([chosen], units).codes
    return codes[0] if chosen.kind == "unit" and len(codes) == 1 else None


def _without_subject(text: str, runs: list[Run], units: UnitIndex, reading: Reading) -> Reading:
    """A task whose owner stands behind it: "… (Dinas Pertanian)", "PJ: BPBD", "dilaksanakan oleh …"."""
    people = People()
    rank = {"lead": 0, "label": 1, "bracket": 1, "tail": 1, "agent": 2, "with": 3}
    for run in sorted((run for run in runs if run.role in rank), key=lambda one: (rank[one.role], one.start)):
        if run.role in ("bracket", "tail", "agent") and people.codes:
            continue
        if run.role == "bracket" and not _closes(text, run):
            continue
        more = people_of(run.members, units, run.excluded)
        if (run.role == "lead" or leading_mark(text, run)) and not are_equals(more.codes, units):
            more.lead = more.codes[0] if more.codes else None
        people = people.add(more)
    reading.report = any(run.predicate == "report" for run in runs)
    reading.segments = [Segment(0, len(text), people, has_subject=False)]
    return reading


def _closes(text: str, run: Run) -> bool:
    """Whether behind a run only a deadline or nothing follows."""
    rest = text[run.end :].strip(" .;)]")
    return (
        not rest
        or bool(re.match(r"(?:[,;(–—|-]|paling|selambat|tenggat|batas|sebelum|tgl|tanggal|\d)", rest, re.IGNORECASE))
        or text[run.end :].lstrip().startswith((")", "]"))
    )


def _without_lead_over(text: str, start: int, end: int) -> int:
    """The end of a part without the words that lead over to the next one."""
    while end > start:
        number = _NUMBER_LAST.search(text[max(start, end - 20) : end])
        if number:
            end -= len(number.group())
            continue
        match = _LAST.search(text[max(start, end - 40) : end])
        if match is None or match.group(1).lower() not in _LEADS_OVER:
            break
        end -= len(match.group())
    return start + len(text[start:end].rstrip(" ,;:–—-"))


def _split_off_shared(text: str, reading: Reading) -> None:
    """The last segment's closing sentence about all of them ("Semua selesai 8 Mei") belongs to each."""
    if len(reading.segments) < 2:
        return
    last = reading.segments[-1]
    pieces = list(_SENTENCE.finditer(text, last.start, last.end))
    for piece in pieces:
        tail = text[piece.end() : last.end]
        together = len({segment.sentence for segment in reading.segments}) == 1
        if ALL_TASKS.match(tail) or (together and _DUE_SENTENCE.match(tail)):
            for segment in reading.segments:
                segment.shared = tail
            last.end = piece.start()
            return
