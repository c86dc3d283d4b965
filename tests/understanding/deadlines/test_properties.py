"""What holds for any text and any date."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from types import FrameType

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding.deadlines.reading import WIB
from understanding.deadlines import Deadline, ImpossibleDate, find_deadline
from understanding.deadlines.words import DAY_NAMES, MONTH_NAMES, MONTHS, PARTS, WEEKDAYS

NOON = datetime(2026, 1, 23, 12, 0, tzinfo=WIB)
DAYS_AHEAD = st.dates(date(2026, 1, 24), date(2099, 12, 31))
FORMATS = (
    "{0.day} {month} {0.year}",
    "{0.day:02d} {month} {0.year}",
    "tanggal {0.day} {month} {0.year}",
    "tgl {0.day} {short} {0.year}",
    "tgl{0.day}{month}{0.year}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day:02d}-{0.month:02d}-{0.year}",
    "{0.day}.{0.month}.{0.year}",
    "{0.day}-{short}-{0.year}",
    "{0.year}-{0.month:02d}-{0.day:02d}",
    "{0.year}/{0.month:02d}/{0.day:02d}",
    "{weekday}, {0.day} {month} {0.year}",
    "{weekday}/{0.day} {month} {0.year}",
    "hari {weekday} tanggal {0.day} {month} {0.year}",
    "{0.day} {month} {0.year} ({weekday})",
)
FRAMES = ("{}", "paling lambat {}", "Camat Air Joman agar melapor {}.", "{} laporan sudah diterima", "Segera, s.d. {}!")
SOON = st.dates(date(2026, 1, 24), date(2027, 1, 22))


@settings(max_examples=150, deadline=None)
@given(DAYS_AHEAD, st.sampled_from(FORMATS), st.sampled_from(FRAMES), st.booleans())
def test_any_date_written_in_any_format_comes_back(day: date, written: str, frame: str, shout: bool) -> None:
    month, weekday = MONTH_NAMES[day.month - 1], DAY_NAMES[day.weekday()]
    text = frame.format(written.format(day, month=month, short=month[:3], weekday=weekday))
    deadline = find_deadline(text.upper() if shout else text, NOON)
    assert deadline is not None
    assert (deadline.due.date(), deadline.has_time, deadline.ambiguous) == (day, False, False)


@settings(max_examples=80, deadline=None)
@given(SOON, st.sampled_from(("{0.day} {month}", "tgl {0.day}/{0.month}", "tanggal {0.day} bulan {month}")))
def test_a_day_and_month_without_a_year_is_the_first_ahead(day: date, written: str) -> None:
    deadline = find_deadline(written.format(day, month=MONTH_NAMES[day.month - 1]), NOON)
    assert deadline is not None
    assert deadline.due.date() == day


@settings(max_examples=80, deadline=None)
@given(SOON, st.times(), st.sampled_from(("pukul {:%H.%M}", "jam {:%H:%M} WIB", "{:%H.%M} WIB", "pkl. {:%H.%M}")))
def test_any_time_beside_a_date_comes_back(day: date, clock: object, written: str) -> None:
    month = MONTH_NAMES[day.month - 1]
    deadline = find_deadline(f"paling lambat {day.day} {month} {day.year} {written.format(clock)}", NOON)
    assert deadline is not None
    assert deadline.has_time
    assert f"{deadline.due:%Y-%m-%d %H:%M}" == f"{day} {clock:%H:%M}"


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 999), st.sampled_from(("hari", "minggu", "jam", "menit")))
def test_any_length_counts_from_the_reference(number: int, unit: str) -> None:
    days = {"hari": timedelta(days=1), "minggu": timedelta(weeks=1), "jam": timedelta(hours=1)}
    due = NOON + number * days.get(unit, timedelta(minutes=1))
    deadline = find_deadline(f"{number} {unit} lagi", NOON)
    assert deadline is not None
    expected = due if unit in ("jam", "menit") else due.replace(hour=23, minute=59)
    assert deadline.due == expected


def words_of(text: str) -> list[str]:
    return text.split()


# Everything that names a day, a time or a length, or starts a recurrence.
DATE_WORDS = {*MONTHS, *WEEKDAYS, *PARTS} | set(
    words_of(
        """hari hr hri harinya minggu mg mgg mggu mgu minggunya pekan bulan bln bulannya tahun th thn tahunnya besok bsok
        bsk esok besuk lusa tulat triwulan triwulannya tw kuartal semester twi twii twiii twiv harian mingguan pekanan bulanan
        triwulanan semesteran tahunan sekali nanti ntar mlm pgi petang akhir akhr jam menit mnt pulang lebaran natal imlek
        nyepi waisak hut idul iedul idulfitri iduladha kemerdekaan paskah maulid isra ied sehari seminggu sepekan sebulan
        setahun sejam semenit"""
    )
)
PLAIN_WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9).filter(
    lambda word: word not in DATE_WORDS
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PLAIN_WORDS | st.sampled_from((",", ".", "paling lambat", "sampai", "dua", "ke", "lagi")), max_size=12))
def test_no_digit_weekday_month_or_relative_word_means_no_date(words: list[str]) -> None:
    assert _outcome(" ".join(words)) is None


VOCABULARY = words_of(
    """tanggal tgl hari Senin Jumat minggu Minggu pekan bulan tahun depan ini lalu lagi kedua II ke - / . , ( ) : 5 31 0
    99 2026 '26 10.00 5/2 2-6 1,5 2x24 x 24 jam menit pukul setengah lewat kurang pagi sore malam besok lusa Februari Des
    awal akhir tengah triwulan semester setiap sekali mulai sampai s.d. sebelum paling lambat dalam selesai bukan diundur
    dari menjadi semula dan atau H + 3 Lebaran tahun baru kerja terakhir berikutnya dua puluh belas ribu seribu bila
    setelah sejak rapat surat per wit"""
)


def _outcome(text: str) -> Deadline | ImpossibleDate | None:
    try:
        return find_deadline(text, NOON)
    except ImpossibleDate as impossible:
        return impossible


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=14), st.sampled_from((" ", "")))
def test_reading_raises_nothing_but_impossible_date(words: list[str], between: str) -> None:
    text = between.join(words)
    outcome = _outcome(text)
    if outcome is not None:
        assert outcome.words == text[slice(*outcome.span)]
    if isinstance(outcome, Deadline):
        assert outcome.due > NOON
    if isinstance(outcome, ImpossibleDate):
        assert outcome.why.endswith(".")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_read(text: str) -> None:
    outcome = _outcome(text)
    assert outcome is None or outcome.words in text


def _calls(text: str) -> int:
    """How many functions, the interpreter's own included, are entered while the text is read."""
    count = 0

    def tick(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        find_deadline(text, NOON)
    finally:
        sys.setprofile(None)
    return count


def test_the_work_grows_no_faster_than_the_text() -> None:
    for piece in (
        "Camat Air Joman menyerahkan data 12,5 ha paling lambat Senin pukul 10.00, semula 5 Februari, diundur ke 6 Februari. ",
        "setiap Senin mulai 2 Februari dan ",
        "2 - 6 dan 7, 8 atau 9 Februari / ",
        "dua ribu dua puluh satu sampai dengan ",
        "bukan Senin tapi ",
        "pada pada hari tanggal ",
        "(((( 5 (lima ",
        "1.1.",
        "~a ~",
        "surat nomor bupati ",
        "bila 3 hari sebelum ",
    ):
        _calls(piece * 8)
        short, long = _calls(piece * 40), _calls(piece * 160)
        assert long <= 4.4 * short + 400, piece
