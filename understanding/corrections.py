"""What the secretariat types to correct drafts: "tenggat 30 Januari", "hapus 5", "4 unit Dinas Perikanan"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from understanding.deadlines import ImpossibleDate, find_deadline
from understanding.minutes.people import people_of
from understanding.minutes.runs import runs_of
from understanding.minutes.targets import target_of
from understanding.programmes import ProgrammeIndex, default_programmes
from understanding.units import UnitIndex

ChangeKind = Literal["deadline", "add", "remove", "units", "lead", "programme", "text", "priority", "target", "drop"]
Numbers = tuple[int, ...]

# What people write for each kind of change; longer wordings first.
_VERBS: tuple[tuple[ChangeKind, str], ...] = (
    ("deadline", r"tenggat(?: waktu)?(?:nya)?|deadline(?:nya)?|batas(?: waktu)?(?:nya)?|jatuh tempo|paling lambat|selambat-lambatnya|undur(?:kan)?|majukan|mundurkan"),
    ("lead", r"koordinator(?:nya)?|pj(?:nya)?|penanggung\s?jawab(?:nya)?|leading sec?k?tor|pic|ketua"),
    ("programme", r"program(?:me|nya)?"),
    ("text", r"teks(?:nya)?|isi(?:nya)?|redaksi(?:nya)?|bunyi(?:nya)?|uraian(?:nya)?|kalimat(?:nya)?"),
    ("priority", r"sifat(?:nya)?|prioritas(?:nya)?"),
    ("target", r"target(?:nya)?|sasaran(?:nya)?"),
    ("add", r"tambah(?:kan|i)?|tmbh|plus|\+"),
    ("remove", r"hapus(?:kan)?|hps|buang|hilangkan|coret|keluarkan|batalkan|kurangi|-"),
    ("units", r"unit(?:nya)?|pelaksana(?:nya)?|ditujukan kepada|kepada|untuk|opd(?:nya)?"),
)  # fmt: skip
_CHANGE = r"(?:(?:tolong|mohon|mhn|tlg)\s+)?(?:(?:ubah|ganti|koreksi|perbaiki|revisi|jadikan|rubah|set)\s+)?"
_FIELDS = {kind: re.compile(rf"{_CHANGE}(?:{words})(?![^\W_])\s*", re.IGNORECASE) for kind, words in _VERBS}
_ANY = "|".join(f"(?:{words})" for _, words in _VERBS if words)
_NUMBER_WORD = r"(?:no\.?|nomor|nmr|poin|point|butir|arahan|draf|draft|item)"
_NUMBERS = r"\d{1,3}(?:\s*(?:,|dan|&|s\.?/?d\.?|sampai|-|–)\s*(?:no\.?\s*|nomor\s*)?\d{1,3})*"
_LEADING = re.compile(
    rf"(?:{_NUMBER_WORD}\s*)?(?P<numbers>{_NUMBERS})\s*[.):,]?\s+(?={_CHANGE}(?:{_ANY})(?![^\W_]))", re.IGNORECASE
)
_AFTER = re.compile(
    rf"(?:{_NUMBER_WORD}\s*(?P<numbers>{_NUMBERS})|(?P<bare>{_NUMBERS})(?=\s*(?:menjadi|jadi|ke|:|=)))\s*",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"(?:untuk\s+)?(?:semua|seluruh(?:nya)?|semuanya)(?:\s+(?:arahan|draf|draft|butir|poin))?\s*[:,]?\s+(?={_CHANGE}(?:{_ANY})(?![^\W_]))",
    re.IGNORECASE,
)
_DROP = re.compile(
    rf"(?:(?:hapus(?:kan)?|hps|buang|hilangkan|coret|batalkan)\s+(?:{_NUMBER_WORD}\s*)?(?P<a>{_NUMBERS})|(?:{_NUMBER_WORD}\s*)?(?P<b>{_NUMBERS})\s+(?:dihapus|hapus|buang|dibuang|batal|dibatalkan|coret|dicoret))\W*",
    re.IGNORECASE,
)
_DROP_THIS = re.compile(r"(?:hapus|buang|batalkan)\s+(?:arahan|draf|draft|ini|arahan ini|draf ini)\W*", re.IGNORECASE)
_BECOMES = re.compile(r"(?:(?:di)?(?:ubah|ganti)\s+)?(?:menjadi|jadi|ke|adalah|sampai|[:=])\s*", re.IGNORECASE)
_NEXT = re.compile(
    rf"\s*;+\s*|\s*(?:[,.]\s*|\bdan\s+|\blalu\s+|\bkemudian\s+|\bserta\s+)(?=(?:(?:{_NUMBER_WORD}\s*)?\d{{1,3}}\s+)?{_CHANGE}(?:{_ANY})(?![^\W_]))",
    re.IGNORECASE,
)
_ONLY_NUMBERS = re.compile(rf"(?:{_NUMBER_WORD}\s*)?(?:{_NUMBERS})?\W*", re.IGNORECASE)
_NO_DUE = re.compile(
    r"(?:hapus(?:kan)?|tanpa|hilangkan|kosongkan)\s+(?:tenggat|deadline|batas waktu|batas)\W*", re.IGNORECASE
)
_PRIORITIES = ("sangat segera", "segera", "rahasia", "biasa")
_HELP = "Tulis misalnya “tenggat 30 Januari”, “tambah Dinas PUTR”, “hapus Camat Meranti”, atau “unit Dinas Perikanan”."


@dataclass(frozen=True, slots=True)
class Change:
    """One correction. `numbers` are the drafts of a list it is for: empty: the draft being looked at.

    `everything` says it is for all drafts of the list. A "deadline" without `due` takes the deadline away.
    """

    kind: ChangeKind
    words: str
    numbers: Numbers = ()
    everything: bool = False
    codes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    due: datetime | None = None
    due_words: str | None = None
    has_time: bool = False
    recurrence: str | None = None
    ambiguous_due: bool = False
    programme: str | None = None
    text: str | None = None
    priority: str | None = None
    target_quantity: float | None = None
    target_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be understood, and the Indonesian sentence that says what to write; `candidates` are unit codes.

    With candidates, `change` is the correction that one of them would complete.
    """

    words: str
    message: str
    candidates: tuple[str, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """All changes in the order they were written, and what was not understood."""

    changes: tuple[Change, ...] = field(default=())
    problems: tuple[Problem, ...] = field(default=())

    @property
    def understood(self) -> bool:
        """Whether something can be changed and nothing is left to ask."""
        return bool(self.changes) and not self.problems


def read_correction(
    text: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex | None = None
) -> Correction:
    """Read corrections typed on one or more lines; dates count from `meeting_at` (aware, Asia/Jakarta). Never raises."""
    programmes = programmes or default_programmes()
    changes: list[Change] = []
    problems: list[Problem] = []
    for line in text[:4096].split("\n"):
        numbers: Numbers = ()
        everything = False
        for piece in _pieces(line):
            own, every, rest = _numbered(piece) if not _DROP.fullmatch(piece) else ((), False, piece)
            numbers, everything = (own, every) if own or every else (numbers, everything)
            result = _read_piece(rest, meeting_at, units, programmes)
            if isinstance(result, Problem):
                change = replace(result.change, numbers=numbers, everything=everything) if result.change else None
                problems.append(replace(result, change=change))
            else:
                changes.append(replace(result, numbers=result.numbers or numbers, everything=everything))
    if not changes and not problems:
        problems.append(Problem("", _HELP))
    return Correction(tuple(changes), tuple(problems))


def _pieces(line: str) -> Iterator[str]:
    """The corrections on one line; a text is never cut."""
    line = " ".join(line.split()).strip(" ,;")
    while line:
        head = _LEADING.match(line)
        if _FIELDS["text"].match(line, head.end() if head else 0):
            yield line
            return
        cut = next(
            (match for match in _NEXT.finditer(line) if not _ONLY_NUMBERS.fullmatch(line[: match.start()])), None
        )
        if cut is None:
            yield line
            return
        yield line[: cut.start()]
        line = line[cut.end() :]


def _numbered(piece: str) -> tuple[Numbers, bool, str]:
    match = _ALL.match(piece)
    if match:
        return (), True, piece[match.end() :]
    match = _LEADING.match(piece)
    return (_numbers(match.group("numbers")), False, piece[match.end() :]) if match else ((), False, piece)


def _numbers(text: str) -> Numbers:
    found: list[int] = []
    for first, last in re.findall(
        r"(\d{1,3})(?:\s*(?:s\.?/?d\.?|sampai|-|–)\s*(?:no\.?\s*|nomor\s*)?(\d{1,3}))?", text
    ):
        start, end = int(first), int(last or first)
        found.extend(range(start, min(end, start + 99) + 1))
    return tuple(dict.fromkeys(found))


def _read_piece(piece: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex) -> Change | Problem:
    match = _DROP.fullmatch(piece)
    if match:
        return Change("drop", piece, _numbers(match.group("a") or match.group("b")))
    if _DROP_THIS.fullmatch(piece):
        return Change("drop", piece)
    if _NO_DUE.fullmatch(piece):
        return Change("deadline", piece)
    for kind, pattern in _FIELDS.items():
        match = pattern.match(piece)
        if match and match.end() > 0:
            rest, numbers = _target_draft(piece[match.end() :])
            result = _read_field(kind, piece, rest, meeting_at, units, programmes)
            return replace(result, numbers=numbers) if isinstance(result, Change) else result
    return _bare(piece, meeting_at, units)


def _target_draft(rest: str) -> tuple[str, Numbers]:
    """ "nomor 3 menjadi 30 Januari": the draft's number may stand behind the verb."""
    numbers: Numbers = ()
    match = _AFTER.match(rest)
    if match:
        numbers = _numbers(match.group("numbers") or match.group("bare"))
        rest = rest[match.end() :]
    becomes = _BECOMES.match(rest)
    return (rest[becomes.end() :] if becomes else rest).strip(), numbers


def _read_field(
    kind: ChangeKind, piece: str, rest: str, meeting_at: datetime, units: UnitIndex, programmes: ProgrammeIndex
) -> Change | Problem:
    if kind == "deadline":
        return _deadline(piece, rest, meeting_at)
    if kind == "programme":
        tag = programmes.find(rest)
        if tag:
            return Change("programme", piece, programme=tag)
        return Problem(piece, f"Program “{rest}” tidak dikenal. Tulis misalnya “program MBG” atau “program lainnya”.")
    if kind == "text":
        text = rest.strip(' "“”')
        return Change("text", piece, text=text) if text else Problem(piece, "Tulis teks arahannya setelah kata “teks”.")
    if kind == "priority":
        wanted = " ".join(rest.lower().split()).strip(" .")
        if wanted in _PRIORITIES:
            return Change("priority", piece, priority=wanted)
        return Problem(piece, "Sifat arahan: biasa, segera, sangat segera, atau rahasia.")
    if kind == "target":
        quantity, unit = target_of(rest)
        if quantity is not None:
            return Change("target", piece, target_quantity=quantity, target_unit=unit)
        return Problem(piece, "Tulis target dengan angka dan satuannya, misalnya “target 20 ha”.")
    return _units(kind, piece, rest, units)


def _deadline(piece: str, rest: str, meeting_at: datetime) -> Change | Problem:
    for wording in (rest, f"paling lambat {rest}"):
        try:
            found = find_deadline(wording, meeting_at)
        except ImpossibleDate as error:
            return Problem(piece, str(getattr(error, "why", "") or error))
        if found is not None:
            return Change(
                "deadline",
                piece,
                due=found.due,
                due_words=found.words,
                has_time=found.has_time,
                recurrence=found.recurrence,
                ambiguous_due=found.ambiguous,
            )
    return Problem(
        piece, f"Tanggal “{rest}” tidak terbaca. Tulis misalnya “tenggat 30 Januari” atau “tenggat Jumat depan”."
    )


def _units(kind: ChangeKind, piece: str, rest: str, units: UnitIndex) -> Change | Problem:
    """Units by name, groups and exceptions included; a doubtful name is given back with its candidates."""
    mentions = units.mentions(rest)
    codes: list[str] = []
    groups: list[str] = []
    exclude: list[str] = []
    for run in runs_of(rest, mentions, listed=True):
        people = people_of(run.members, units, run.excluded, places=True)
        for mention in people.open:
            return _unclear(kind, piece, mention.words, mention.codes, units)
        codes.extend(code for code in people.codes if code not in codes)
        groups.extend(people.groups)
        exclude.extend(people.exclude)
    if not codes:
        match = units.find(rest)
        if not match.certain:
            return _unclear(kind, piece, rest, match.codes, units)
        codes = list(match.codes)
    if kind == "lead" and len(codes) != 1:
        return Problem(piece, "Koordinator hanya satu unit. Tulis misalnya “koordinator Dinas Pertanian”.")
    return Change(kind, piece, codes=tuple(codes), groups=tuple(groups), exclude=tuple(exclude))


def _unclear(kind: ChangeKind, piece: str, words: str, candidates: tuple[str, ...], units: UnitIndex) -> Problem:
    if candidates:
        names = " atau ".join(units[code].name for code in candidates[:4])
        return Problem(piece, f"“{words}” yang dimaksud: {names}?", candidates[:4], Change(kind, piece))
    return Problem(piece, f"Unit “{words}” tidak dikenal. Tulis nama lengkapnya, misalnya “tambah Dinas Pertanian”.")


def _bare(piece: str, meeting_at: datetime, units: UnitIndex) -> Change | Problem:
    """A date alone is a deadline; a name alone could be added or put in the place of others, so it is asked."""
    try:
        found = find_deadline(piece, meeting_at)
    except ImpossibleDate as error:
        return Problem(piece, str(getattr(error, "why", "") or error))
    if found is not None and len(piece) - len(found.words) < 6:
        return _deadline(piece, piece, meeting_at)
    match = units.find(piece)
    if match.codes:
        return Problem(piece, f"Tulis “tambah {piece}” bila ikut ditugaskan, atau “unit {piece}” bila hanya unit itu.")
    return Problem(piece, f"“{piece}” belum dapat dipahami. {_HELP}")
