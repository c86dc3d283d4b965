"""The vocabulary of deadlines: what the grammar knows, as tables.

To teach the bot a new spelling, add it to `SPELLING`; a new name of a month or day, to `MONTHS` or `WEEKDAYS`.
Every key is lower case; the grammar only ever sees the canonical word on the right.
"""

from __future__ import annotations


def _variants(rows: str) -> dict[str, str]:
    """Read `canonical: variant variant …` rows into a table from variant to canonical word."""
    table: dict[str, str] = {}
    for row in rows.strip().splitlines():
        canonical, _, variants = row.strip().partition(":")
        for variant in variants.split():
            table[variant] = canonical
    return table


def words(text: str) -> frozenset[str]:
    """A set of words, written as they would be in a text."""
    return frozenset(text.split())


SPELLING = _variants(
    """
    depan: dpn dpan depn
    besok: bsk bsok esok besuk
    minggu: mg mgg mggu mgu minggunya
    pekan: pekannya
    bulan: bln bulannya
    tahun: thn th tahunnya
    hari: hr hri harinya
    tanggal: tgl tggl tg tngl tanggalnya
    akhir: akhr penghujung
    awal: awl
    lagi: lg lgi
    paling: plg pling
    lambat: lmbt lambt lmbat telat lambatnya
    sebelum: sblm sblum sebelom
    sampai: sd s.d s/d hingga sampe smpai
    selambatnya: selambat2nya
    pagi: pgi
    malam: mlm
    sore: petang
    dalam: dlm
    yang: yg
    pada: pd
    dengan: dgn dg dng
    pukul: pkl pk
    menit: mnt
    setiap: tiap saban
    maksimal: maks max maksimum
    triwulan: tw kuartal triwulannya
    pertengahan: medio
    harus: hrs
    selesai: slsai slesai
    nanti: ntar
    kemarin: kemaren kmrn kmren
    mendatang: yad
    tetapi: tapi
    target: ditargetkan targetnya ditarget
    tenggat: tenggatnya
    deadline: deadlinenya dedline
    batas: batasnya
    waktu: wkt waktunya
    kalender: kalendar
    kerja: krj
    juga: jg
    belum: blm
    jangan: jgn jgan
    bila: jika apabila jikalau bilamana kalau manakala klo kalo
    nomor: no nmr nomer
    jalan: jl jln
    idulfitri: lebaran
    idul: iedul idhul aidil aidul
    """
)

MONTH_NAMES = (
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
_MONTH_SPELLINGS = (
    "jan",
    "pebruari feb peb febr",
    "mar mrt",
    "apr",
    "",
    "jun",
    "jul",
    "agu agt ags agust agst agus",
    "sep sept",
    "okt",
    "nopember nov nop",
    "des",
)
MONTHS = {
    word: number
    for number, (name, others) in enumerate(zip(MONTH_NAMES, _MONTH_SPELLINGS, strict=True), start=1)
    for word in (name.lower(), *others.split())
}
# An abbreviation alone ("des", "mar") may be anything; these stand for a month without a day beside them.
FULL_MONTHS = frozenset(word for word in MONTHS if word in {name.lower() for name in MONTH_NAMES}) | {
    "pebruari",
    "nopember",
}

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_DAY_SPELLINGS = (
    "senin snn sen snin",
    "selasa sls sel slasa",
    "rabu rbu rab",
    "kamis kms kam",
    "jumat jmt jum jum'at jumaat",
    "sabtu sbt sab",
    "ahad ahd",
)
WEEKDAYS = {word: number for number, words in enumerate(_DAY_SPELLINGS) for word in words.split()}
# Words of their own (sel, sen, RAB, ribu): a weekday only where something beside them says so.
RISKY_WEEKDAYS = words("sen sel rab rbu kam kms jum sab")
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# One slip of the pen is forgiven in these, unless it makes another word.
FORGIVEN_MONTHS = {word: number for word, number in MONTHS.items() if word in FULL_MONTHS and len(word) >= 5}
FORGIVEN_WEEKDAYS = {"senin": 0, "selasa": 1, "kamis": 3, "jumat": 4, "sabtu": 5, "minggu": 6}
NOT_A_SLIP = words(
    """karet paret macet caret kami kamu kamus kamil seni senil satu sabut sabu selama selasar umat jimat lumat
    jumlah"""
)

UNITS_OF_TEN = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
NUMBER_WORDS = UNITS_OF_TEN | {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
MULTIPLIERS = {"belas": 1, "puluh": 10, "ratus": 100, "ribu": 1000}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
ORDINALS = {
    "pertama": 1,
    "kesatu": 1,
    "kedua": 2,
    "ketiga": 3,
    "keempat": 4,
    "kelima": 5,
    "keenam": 6,
    "terakhir": -1,
}

# Lengths of time: canonical unit by word; "se-" words carry their own number.
LENGTH_UNITS = {
    "hari": "day",
    "minggu": "week",
    "pekan": "week",
    "bulan": "month",
    "tahun": "year",
    "jam": "hour",
    "menit": "minute",
}
ONE_OF = {
    "sehari": "day",
    "seminggu": "week",
    "sepekan": "week",
    "sebulan": "month",
    "setahun": "year",
    "sejam": "hour",
    "semenit": "minute",
}

# Part of the day: the hour it means alone, and the spoken hours that mean the afternoon or evening.
PARTS = {"pagi": 8, "siang": 12, "sore": 16, "malam": 20}
PART_AFTERNOON = {"pagi": range(0), "siang": range(1, 6), "sore": range(1, 8), "malam": range(6, 12)}
ZONES = {"wib": 0, "wita": 60, "wit": 120}

RANGE_SIGNS = frozenset({"-", "–", "—", "sampai"})
CHOICE_SIGNS = frozenset({"atau", "dan", "&", "/"})

ADJECTIVES = {
    "harian": "day",
    "mingguan": "week",
    "pekanan": "week",
    "bulanan": "month",
    "triwulanan": "quarter",
    "semesteran": "half",
    "tahunan": "year",
}
