"""What holds for every message, whatever somebody types."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.progress import Progress, read_progress
from understanding.progress.spelling import plain_word, words_of

RECEIVED = datetime(2026, 3, 11, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
STATUSES = {"selesai", "perpanjangan", "terkendala", "belum", "proses", "ack"}

VOCABULARY = words_of(
    "progres sudah belum baru selesai 60 % persen dari 20 ha desa sisa kurang lagi terkendala hujan karena mohon waktu "
    "perpanjangan sampai 31 Maret target besok jadi naik fisik keuangan , . / - : ( ) setengah tiga perempat ribu koma "
    "puluh dua tidak ada kendala menunggu anggaran cair semua 👍 100 3/5 440/1/2026 Rp 0812-345-678 pak"
)
WORDS = st.sampled_from([*sorted(VOCABULARY), "\n"])
MESSAGES = st.lists(WORDS, max_size=40).map(" ".join)


def read(text: str) -> Progress:
    return read_progress(text, RECEIVED)


def check(text: str) -> None:
    report = read(text)
    assert report.percent is None or 0 <= report.percent <= 100
    assert report.status in STATUSES
    assert report.obstacle is None or (report.obstacle and report.obstacle in text)
    assert report.help_from is None or report.help_from in text
    assert report.extension_until is None or report.extension_until.utcoffset() is not None
    assert report.extension_until is None or report.extension_until >= RECEIVED
    quantity = report.quantity
    assert quantity is None or quantity.done >= 0
    assert quantity is None or quantity.total is None or quantity.total > 0
    assert report.status != "selesai" or report.percent == 100
    assert report.status != "belum" or report.percent in (None, 0)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(MESSAGES)
def test_any_jumble_of_officials_words_is_read_without_an_error(text: str) -> None:
    check(text)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 100),
    st.sampled_from(["", "Izin Pak, ", "Kec. Meranti: ", "Selamat pagi Bapak. "]),
    st.sampled_from(["progres ", "sudah ", "sdh ", "baru ", "realisasi fisik ", "Progres : "]),
    st.sampled_from(["%", " %", " persen", "persen", " prsn"]),
    st.sampled_from(["", " pak", ", lanjut besok", ". Terima kasih.", " 🙏"]),
)
def test_a_figure_comes_back_however_it_is_dressed(percent: int, opening: str, label: str, sign: str, end: str) -> None:
    assert read(f"{opening}{label}{percent}{sign}{end}").percent == percent


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 400),
    st.integers(1, 400),
    st.sampled_from(
        ["{a} dari {b} desa", "dari {b} desa baru {a} desa", "{a}/{b} desa", "target {b} ha, realisasi {a} ha"]
    ),
)
def test_so_many_of_so_many_is_their_ratio(some: int, more: int, wording: str) -> None:
    done, total = min(some, more), max(some, more)

    report = read(wording.format(a=done, b=total))

    assert report.percent is not None
    assert abs(report.percent - done / total * 100) <= 0.5
    assert report.quantity is not None
    assert (report.quantity.done, report.quantity.total) == (Decimal(done), Decimal(total))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(1, 300))
def test_what_is_left_is_taken_from_the_whole(left: int, more: int) -> None:
    total = max(left, more)

    report = read(f"sisa {min(left, more)} dari {total} titik")

    assert report.percent is not None
    assert abs(report.percent - (total - min(left, more)) / total * 100) <= 0.5


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "P", "Z"], exclude_characters="%½¼¾⅓⅔"), max_size=80))
def test_no_number_no_word_for_one_no_percentage(text: str) -> None:
    told = ("selesai", "belum", "setengah", "separuh", "nihil", "seper")
    percent = read(text).percent

    words = [plain_word(word.casefold()) for word in text.split()]
    assert percent is None or percent in (0, 100) or any(word.startswith(told) for word in words)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["selesai", "terkendala", "perpanjangan", "progres", "setengah", "menunggu"]), st.data())
def test_one_slip_of_the_finger_is_forgiven(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    missing = word[:place] + word[place + 1 :]
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    assert plain_word(missing) == word
    assert plain_word(swapped) == word


def test_words_that_only_look_like_slips_stay_themselves() -> None:
    for word in ("terkendali", "kampung", "terlambat", "pesan", "hamparan", "tunas", "jembatan"):
        assert plain_word(word) == word
