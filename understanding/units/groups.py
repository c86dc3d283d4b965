"""Groups of units that can be computed from the list, and the words that name them."""

from collections.abc import Callable

from understanding.units.model import Unit
from understanding.units.words import word_set

GROUPS: dict[str, Callable[[Unit], bool]] = {
    "seluruh_camat": lambda unit: unit.kind == "kecamatan",
    "seluruh_opd": lambda unit: unit.kind == "opd" and not unit.code.startswith("bag-"),
    "seluruh_puskesmas": lambda unit: unit.kind == "puskesmas",
    "seluruh_bagian": lambda unit: unit.code.startswith("bag-"),
    "seluruh_perangkat_daerah": lambda unit: (
        unit.kind == "kecamatan" or (unit.kind == "opd" and not unit.code.startswith("bag-"))
    ),
    "seluruh_asisten": lambda unit: unit.code.startswith("asisten-"),
    "seluruh_staf_ahli": lambda unit: unit.code.startswith("staf-ahli-"),
}


def members(group: str, unit: Unit) -> bool:
    """Whether a unit belongs to a group of GROUPS."""
    return GROUPS[group](unit)


QUANTIFIERS = word_set("seluruh semua para segenap setiap tiap masing sekalian segala")

# Numbers in words before a group; smaller ones are folded to digits.
COUNTS_BY_WORD = {"enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10}
COUNTS = frozenset(COUNTS_BY_WORD)

# Before the noun: "seluruh kepala OPD", "para pimpinan perangkat daerah", "jajaran kecamatan".
OFFICES = word_set("kepala pimpinan jajaran unsur ketua para ka")

# Nouns that name a kind of unit; None: a kind that is no group of its own ("dinas terkait").
NOUNS: dict[tuple[str, ...], str | None] = {
    ("camat",): "seluruh_camat",
    ("kecamatan",): "seluruh_camat",
    ("kec",): "seluruh_camat",
    ("opd",): "seluruh_opd",
    ("skpd",): "seluruh_opd",
    ("organisasi", "perangkat", "daerah"): "seluruh_opd",
    ("perangkat", "daerah"): "seluruh_perangkat_daerah",
    ("pd",): "seluruh_perangkat_daerah",
    ("puskesmas",): "seluruh_puskesmas",
    ("kapus",): "seluruh_puskesmas",
    ("kapuskesmas",): "seluruh_puskesmas",
    ("pkm",): "seluruh_puskesmas",
    ("bagian",): "seluruh_bagian",
    ("kabag",): "seluruh_bagian",
    ("asisten",): "seluruh_asisten",
    ("staf", "ahli"): "seluruh_staf_ahli",
    ("sahli",): "seluruh_staf_ahli",
    ("dinas",): None,
    ("badan",): None,
    ("kadis",): None,
    ("kaban",): None,
    ("instansi",): None,
    ("lembaga",): None,
    ("unit", "kerja"): None,
    ("satuan", "kerja"): None,
    ("perangkat", "desa"): None,
    ("pejabat",): None,
    ("pihak",): None,
    ("bidang",): None,
    ("stakeholder",): None,
    ("pemangku", "kepentingan"): None,
    ("sektor",): None,
    ("satgas",): None,
    ("uptd",): None,
}

# Of these "semua" makes no list: "semua pihak" asks nobody.
ANYBODY = word_set("pihak stakeholder lembaga instansi bidang sektor pejabat pemangku kepentingan")

# Nouns that stand for all even without "seluruh" where somebody is asked to act.
ALONE = frozenset(GROUPS) - {"seluruh_bagian"}

# Whom nobody lists as a unit: village heads and their like, and teams made of several units.
OTHERS: frozenset[tuple[str, ...]] = frozenset(
    tuple(title.split())
    for title in [
        "kades",
        "lurah",
        "kepala desa",
        "kepala kelurahan",
        "kepala dusun",
        "kadus",
        "kepling",
        "kaling",
        "kepala lingkungan",
        "pemerintah desa",
        "pemdes",
        "pemerintahan desa",
        "pj kades",
        "pj kepala desa",
        "pemerintah kelurahan",
        "perangkat desa",
        "kepala sekolah",
        "kepsek",
        "kepala uptd",
        "kepala upt",
        "bendahara",
        "operator",
        "pengurus koperasi",
        "pengurus kopdes",
        "kepala sppg",
        "pengelola sppg",
    ]
)
TEAMS: frozenset[tuple[str, ...]] = frozenset(
    tuple(title.split())
    for title in ["tim", "satgas", "satuan tugas", "gugus tugas", "pokja", "panitia", "tpid", "tpps", "komite"]
)

# Words behind a noun that still mean all of them: "camat se-Kabupaten Asahan", "bagian di lingkungan Setdakab".
REGENCY = word_set(
    """di pada se dalam lingkup lingkungan jajaran wilayah pemerintah pemkab kabupaten kab sekabupaten seasahan asahan
    setdakab setda sekretariat daerah tanpa kecuali terkecuali"""
)
REGENCY_ENDS = word_set("asahan kabupaten sekabupaten seasahan setdakab setda daerah pemkab")
