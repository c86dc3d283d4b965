"""What the secretariat has to be asked about a directive, in their own words."""

import re

from understanding.minutes.draft import Doubt
from understanding.minutes.due import Due
from understanding.minutes.people import People
from understanding.minutes.points import Task
from understanding.units import Mention, UnitIndex

_WORDS = re.compile(r"[^\W\d_]{3,}")
# Verbs that by themselves leave nothing to be seen when it is done.
_VAGUE = re.compile(
    r"\b(?:memahami|pahami|mengimplementasikan|implementasikan|meningkatkan|tingkatkan|mengoptimalkan|optimalkan|memperhatikan"
    r"|perhatikan|mendukung|dukung|menjaga|jaga|menyikapi|mencermati|cermati|memaksimalkan|maksimalkan|memperkuat|perkuat|mempedomani|pedomani"
    r"|menindaklanjuti|tindaklanjuti|mensukseskan|menyukseskan|sukseskan|bersinergi|berperan aktif|menggali|gali|proaktif|mengawal|kawal|fokus)\b",
    re.IGNORECASE,
)
_OUTPUT = re.compile(
    r"\d|\b(?:laporan|lapor|dokumen|data|daftar|rekap\w*|surat|berita acara|jadwal|peta|matriks|sk|usulan|proposal|sertifikat|rencana aksi|sop|ded"
    r"|menyerahkan|menyampaikan|mendata|menyusun|membangun|menetapkan|menyelesaikan|mengirim\w*|membuat|selesai|tuntas|kontrak|sampaikan|susun|serahkan)\b",
    re.IGNORECASE,
)


def unresolved_of(people: People, due: Due) -> tuple[str, ...]:
    """Phrases that must not be guessed: open groups, unknown units, village heads alone, an impossible date."""
    phrases = [mention.words for mention in people.open]
    if not people.codes and not people.open:
        phrases.extend(mention.words for mention in people.others)
    if due.impossible:
        phrases.append(f"tanggal tidak sah: {due.impossible}")
    return tuple(dict.fromkeys(phrases))


def doubts_of(plain: str, task: Task, units: UnitIndex) -> tuple[Doubt, ...]:
    """Everything to decide, the most pressing first; `plain` is the directive without its units' names."""
    people = task.people
    doubts = [_about(mention, units) for mention in people.open]
    if not people.codes and not people.open:
        doubts.append(_about_owner(task, units))
    doubts += _about_due(task.due)
    work = plain.replace(task.due.words, " ") if task.due.words else plain
    if not _WORDS.search(work):
        doubts.append(Doubt("output", "", "Apa yang harus dikerjakan?"))
    elif is_vague(plain):
        doubts.append(
            Doubt("output", "", "Apa yang akan terlihat bila arahan ini selesai (dokumen, jumlah, atau kegiatan)?")
        )
    return tuple(doubts)


def _about_owner(task: Task, units: UnitIndex) -> Doubt:
    if task.people.others:
        words = task.people.others[0].words
        return Doubt("group", words, f"“{words}” bukan unit dalam daftar. Unit mana yang menjadi penanggung jawabnya?")
    named = [one for one in task.mentions if one.kind == "unit" and not one.place]
    codes = tuple(dict.fromkeys(code for one in named for code in one.codes))[:4]
    if codes:
        names = " atau ".join(units[code].name for code in codes)
        return Doubt("owner", "", f"Arahan ini ditugaskan kepada siapa: {names}?", codes)
    return Doubt("owner", "", "Arahan ini ditugaskan kepada siapa? Sebutkan unit pelaksananya.")


def _about_due(due: Due) -> list[Doubt]:
    if due.impossible:
        return [Doubt("date", due.impossible, f"“{due.impossible}” tidak dapat dipakai. {due.why}")]
    if due.due is None:
        return [Doubt("deadline", "", "Kapan batas waktunya? Tulis misalnya “tenggat 30 Januari”.")]
    if due.ambiguous:
        return [Doubt("date", due.words or "", f"Apakah “{due.words}” dimaksudkan {_day(due)}?")]
    return []


def is_vague(text: str) -> bool:
    """Whether a directive names nothing that could be seen when it is done."""
    return bool(_VAGUE.search(text)) and not _OUTPUT.search(text)


def _about(mention: Mention, units: UnitIndex) -> Doubt:
    words = mention.words
    if mention.kind == "group":
        return Doubt("group", words, f"“{words}” belum dapat dipastikan. Unit mana saja yang dimaksud?")
    if mention.codes:
        names = " atau ".join(units[code].name for code in mention.codes[:4])
        return Doubt("unit", words, f"“{words}” yang dimaksud: {names}?", mention.codes[:4])
    return Doubt("unit", words, f"“{words}” tidak ada dalam daftar unit. Unit mana yang dimaksud?")


_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def _day(due: Due) -> str:
    assert due.due is not None
    day = due.due
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"
