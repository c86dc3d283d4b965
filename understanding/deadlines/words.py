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
RISKY_WEEKDAYS = frozenset({"sen", "sel", "rab", "rbu", "kam", "kms", "jum", "sab"})
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# One slip of the pen is forgiven in these, unless it makes another word.
FORGIVEN_MONTHS = {word: number for word, number in MONTHS.items() if word in FULL_MONTHS and len(word) >= 5}
FORGIVEN_WEEKDAYS = {"senin": 0, "selasa": 1, "kamis": 3, "jumat": 4, "sabtu": 5, "minggu": 6}
NOT_A_SLIP = frozenset(
    [
        "karet",
        "paret",
        "macet",
        "caret",
        "kami",
        "kamu",
        "kamus",
        "kamil",
        "seni",
        "senil",
        "satu",
        "sabut",
        "sabu",
        "selama",
        "selasar",
        "umat",
        "jimat",
        "lumat",
        "jumlah",
    ]
)

UNITS_OF_TEN = {
    word: number
    for number, word in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    )
    if number
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

# Beside a date these make it no deadline.
STARTS = frozenset(
    [
        "mulai",
        "dimulai",
        "sejak",
        "semenjak",
        "terhitung",
        "setelah",
        "sesudah",
        "stlh",
        "berlaku",
        "tmt",
        "pasca",
        "usai",
        "seusai",
        "dari",
    ]
)
UNDATED_STARTS = frozenset(
    ["sejak", "semenjak", "setelah", "sesudah", "stlh", "pasca", "usai", "seusai", "begitu", "sehabis"]
)
PAST = frozenset(["lalu", "silam", "kemarin", "terakhir", "sebelumnya", "belakangan", "tadi"])
TAKEN_BACK = frozenset(["bukan", "semula", "tadinya", "awalnya", "batal", "jangan"])
MOVES = frozenset(
    [
        "diundur",
        "mundur",
        "diundurkan",
        "dimundurkan",
        "dimajukan",
        "maju",
        "digeser",
        "bergeser",
        "diubah",
        "dirubah",
        "berubah",
        "diganti",
        "dipindah",
        "dipindahkan",
        "pindah",
        "diperpanjang",
        "ditunda",
        "dijadwalkan",
    ]
)
CORRECTIONS = frozenset(["ralat", "koreksi", "eh", "maksudnya"])

MEETINGS = frozenset(["rapat", "rakor", "rakorpem", "rakornas", "raker", "rakerda", "ratas"])
PAPERS = frozenset(["surat", "sk", "undangan", "se", "nota", "disposisi"])
SOURCES = MEETINGS | PAPERS
# What may stand between "rapat" or "surat" and its date.
SOURCE_QUALIFIERS = frozenset(
    [
        "koordinasi",
        "evaluasi",
        "kerja",
        "bulanan",
        "mingguan",
        "staf",
        "pimpinan",
        "dinas",
        "teknis",
        "terbatas",
        "paripurna",
        "pleno",
        "persiapan",
        "edaran",
        "keputusan",
        "tugas",
        "perintah",
        "undangan",
        "rapat",
        "permohonan",
        "pengantar",
        "bupati",
        "wakil",
        "sekda",
        "gubernur",
        "mendagri",
        "menteri",
        "dalam",
        "negeri",
        "kementerian",
        "kpk",
        "bpk",
        "dprd",
        "camat",
        "kepala",
        "daerah",
        "kabupaten",
        "provinsi",
        "terakhir",
        "sebelumnya",
        "lanjutan",
        "bersama",
        "forkopimda",
        "pemerintahan",
        "pemerintah",
        "hasil",
        "nomor",
        "tahun",
        "berikutnya",
        "berikut",
        "tersebut",
        "bupati/walikota",
        "kadis",
        "asisten",
        "internal",
        "awal",
    ]
)
SOURCE_FILLERS = frozenset({"pada", "tanggal", "hari", "tertanggal", ",", ".", ":", "(", "/", "-", "*", "_"})
HOLDS_MEETING = frozenset(
    [
        "melaksanakan",
        "laksanakan",
        "menggelar",
        "gelar",
        "mengadakan",
        "adakan",
        "menyelenggarakan",
        "selenggarakan",
        "jadwalkan",
        "menjadwalkan",
        "agendakan",
        "mengagendakan",
    ]
)
MAKES_PAPER = frozenset(
    [
        "mengirim",
        "kirim",
        "kirimkan",
        "mengirimkan",
        "menerbitkan",
        "terbitkan",
        "membuat",
        "buat",
        "buatkan",
        "menyusun",
        "susun",
        "menyiapkan",
        "siapkan",
        "menyampaikan",
        "sampaikan",
        "menyerahkan",
        "serahkan",
        "mengedarkan",
        "edarkan",
        "menyebarkan",
        "sebarkan",
    ]
)
STATE_OF = frozenset(
    ["data", "kondisi", "posisi", "saldo", "stok", "jumlah", "rekap", "rekapitulasi", "keadaan", "populasi", "neraca"]
)
MUST_REACH = frozenset(
    [
        "minimal",
        "minimum",
        "mencapai",
        "capai",
        "tercapai",
        "harus",
        "wajib",
        "target",
        "memastikan",
        "pastikan",
        "sudah",
    ]
)

# A number after one of these is a label, never a day, a length or a time.
LABELS = frozenset(
    [
        "nomor",
        "perda",
        "perbup",
        "perpres",
        "pergub",
        "perkada",
        "perdes",
        "pp",
        "uu",
        "sk",
        "se",
        "kepbup",
        "keppres",
        "kepres",
        "inpres",
        "kode",
        "rekening",
        "rek",
        "nip",
        "nik",
        "npwp",
        "hp",
        "telp",
        "telepon",
        "wa",
        "pasal",
        "ayat",
        "rt",
        "rw",
        "tahap",
        "poin",
        "butir",
        "angka",
        "huruf",
        "bab",
        "lampiran",
        "halaman",
        "blok",
        "kav",
        "seri",
        "versi",
        "kelas",
        "kelompok",
        "gelombang",
        "termin",
        "paket",
        "ruang",
        "lantai",
        "jalur",
        "zona",
        "dusun",
        "lingkungan",
        "sdn",
        "smpn",
        "sman",
        "asisten",
        "tunggul",
        "simpang",
        "sp",
        "dapil",
        "sektor",
        "sesi",
    ]
)
LABEL_PREFIXES = ("permen", "kepmen", "undang")
# Budget documents and plans: the year after them is a label.
YEAR_LABELS = frozenset(
    [
        "ta",
        "apbd",
        "papbd",
        "apbn",
        "rpjmd",
        "rpjmn",
        "rkpd",
        "rkp",
        "rka",
        "dpa",
        "renja",
        "renstra",
        "kua",
        "ppas",
        "lkpj",
        "lkjip",
        "lppd",
        "dak",
        "dau",
        "ran",
        "anggaran",
        "ajaran",
        "pelajaran",
    ]
)
MONEY = frozenset({"rp", "idr"})
STREETS = frozenset({"jalan", "gang", "gg", "lorong", "lapangan", "stadion", "universitas", "untag"})
TITLES = frozenset(
    [
        "pak",
        "bapak",
        "bu",
        "ibu",
        "sdr",
        "sdri",
        "saudara",
        "saudari",
        "bang",
        "mas",
        "mbak",
        "kak",
        "haji",
        "hj",
        "drs",
        "ir",
    ]
)
NAMED_DAYS = frozenset(
    [
        "bersih",
        "berkah",
        "barokah",
        "curhat",
        "sehat",
        "agung",
        "ceria",
        "sedekah",
        "berbagi",
        "menyapa",
        "kasih",
        "ngopi",
        "mengaji",
        "bugar",
        "krida",
        "religi",
        "keliling",
        "wage",
        "kliwon",
        "legi",
        "pahing",
        "pon",
        "palma",
        "gembira",
        "manis",
        "biru",
        "abu",
    ]
)
BEFORE_NAMED_DAYS = frozenset(["pasar", "pajak", "pekan", "salat", "shalat", "sholat", "solat", "khotbah", "khutbah"])
ACTIVITIES = frozenset(
    [
        "apel",
        "makan",
        "senam",
        "salat",
        "shalat",
        "sholat",
        "solat",
        "pasar",
        "shift",
        "jaga",
        "kuliah",
        "ronda",
        "olahraga",
        "selamat",
        "kerja",
        "rapat",
        "doa",
        "ibadah",
        "kelas",
    ]
)
ADJECTIVES = {
    "harian": "day",
    "mingguan": "week",
    "pekanan": "week",
    "bulanan": "month",
    "triwulanan": "quarter",
    "semesteran": "half",
    "tahunan": "year",
}
NOT_RECURRING_BEFORE = frozenset(
    ["pelaksana", "tenaga", "pekerja", "buruh", "uang", "upah", "biaya", "kas", "gaji", "surat", "koran", "hari"]
)
NOT_RECURRING_AFTER = frozenset({"lepas", "umum"})

# Abbreviations whose dot ends no sentence.
DOTTED = frozenset(
    [
        "tgl",
        "no",
        "jl",
        "jln",
        "kec",
        "kab",
        "kel",
        "ds",
        "dr",
        "drs",
        "ir",
        "h",
        "hj",
        "bp",
        "ibu",
        "sdr",
        "rp",
        "ttd",
        "dll",
        "dsb",
        "hlm",
        "pkl",
        "pk",
        "kadis",
        "bag",
        "yth",
        "an",
        "sei",
        "sp",
        "tg",
        "wib",
        "nop",
        "des",
        "okt",
        "sept",
        "sep",
        "agt",
        "agust",
        "feb",
        "peb",
        "jan",
        "mar",
        "apr",
        "jun",
        "jul",
        "thn",
        "bln",
        "maks",
    ]
)
