"""Units are found by whatever name officials use for them."""

import itertools
from pathlib import Path

import pytest

from understanding.units import UnitIndex

UNITS = Path(__file__).resolve().parents[3] / "data" / "asahan" / "units.csv"


def codes(units: UnitIndex, text: str) -> list[tuple[str, ...]]:
    return [mention.codes for mention in units.mentions(text) if mention.kind == "unit"]


def test_every_official_name_is_that_unit(units: UnitIndex) -> None:
    for unit in units:
        assert units.find(unit.name).code == unit.code, unit.name


def test_every_alias_of_the_list_is_that_unit(units: UnitIndex) -> None:
    for unit in units:
        for alias in unit.aliases:
            match = units.find(alias)
            assert match.code == unit.code, alias


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kadis Pertanian", "distan"),
        ("Kepala Dinas Pertanian", "distan"),
        ("Plt. Kadis PMD", "pmd"),
        ("Kadis Kominfo", "kominfo"),
        ("Kadisdik", "disdik"),
        ("Bapak Kaban BKAD", "bkad"),
        ("Kepala BPBD", "bpbd"),
        ("Sat Pol PP", "satpolpp"),
        ("Kasat Pol PP", "satpolpp"),
        ("Kabag Prokopim", "bag-prokopim"),
        ("Bag. Umum", "bag-umum"),
        ("Asisten Pemerintahan dan Kesra", "asisten-pemkesra"),
        ("Asisten II", "asisten-ekbang"),
        ("Sekretaris DPRD", "setwan"),
        ("Sekretaris Daerah", "sekda"),
        ("Dinas Pekerjaan Umum & Penataan Ruang", "putr"),
        ("Dinas Kesehatan Kabupaten Asahan", "dinkes"),
        ("Dinas Perdagangan", "kopdagrin"),
        ("Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "ppkbp3a"),
        ("Camat Sungai Kepayang Timur", "12.09.25"),
        ("Kec. Pulau Bandring", "12.09.30"),
        ("Camat Sp. 4", "12.09.12"),
        ("Camat Songsongan", "12.09.21"),
        ("Kapus Simpang Empat", "pkm-simpang-empat"),
        ("Kepala UPTD Puskesmas Mutiara", "pkm-mutiara"),
        ("Yth. Sdr. Camat Air Joman", "12.09.09"),
        ("Pertanian", "distan"),
    ],
)
def test_titles_and_short_forms(units: UnitIndex, typed: str, code: str) -> None:
    assert units.find(typed).code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kec. Sei Kepayng Timur", "12.09.25"),
        ("Kadis Prtanian", "distan"),
        ("Dians Kesehatan", "dinkes"),
        ("Cmat Air Joman", "12.09.09"),
        ("Diskomifo", "kominfo"),
        ("Puskemas Mutiara", "pkm-mutiara"),
        ("Dinas Perikann", "perikanan"),
        ("Camat Buntu Panne", "12.09.16"),
    ],
)
def test_typing_errors_that_leave_one_unit(units: UnitIndex, typed: str, code: str) -> None:
    match = units.find(typed)
    assert match.code == code
    mentions = [mention for mention in units.mentions(f"{typed} agar mendata lahan") if mention.codes]
    assert [mention.codes for mention in mentions] == [(code,)]
    assert mentions[0].words == typed


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("Camat Kisaran", {"12.09.19", "12.09.20"}),
        ("Camat Bandar", {"12.09.15", "12.09.17"}),
        ("Dinas Pemberdayaan", {"pmd", "ppkbp3a"}),
    ],
)
def test_two_near_candidates_are_both_given_and_none_is_guessed(
    units: UnitIndex, typed: str, candidates: set[str]
) -> None:
    match = units.find(typed)
    assert match.code is None
    assert match.ambiguous
    assert set(match.codes) == candidates
    assert [mention.certain for mention in units.mentions(f"{typed} agar hadir")] == [False]


@pytest.mark.parametrize("typed", ["Dinas Tani", "Dinas Peternakan", "Camat Datuk Bandar", "xyz", "", "😀"])
def test_an_unknown_name_is_nobody(units: UnitIndex, typed: str) -> None:
    assert units.find(typed).codes == ()


def test_kecamatan_and_puskesmas_of_one_name_are_told_apart(units: UnitIndex) -> None:
    assert codes(units, "Camat Meranti dan Kapus Meranti") == [("12.09.08",), ("pkm-meranti",)]


def test_a_list_of_camat_needs_the_title_once(units: UnitIndex) -> None:
    assert codes(units, "Camat Air Batu, Sei Dadap & Pulau Rakyat") == [("12.09.13",), ("12.09.23",), ("12.09.14",)]


def test_a_list_of_offices_needs_the_head_once(units: UnitIndex) -> None:
    assert codes(units, "Dinas Pertanian dan Perikanan agar hadir") == [("distan",), ("perikanan",)]
    assert codes(units, "Kabag Hukum dan Organisasi") == [("bag-hukum",), ("bag-organisasi",)]
    assert codes(units, "Kapus Mutiara, Gambir Baru dan Sidodadi") == [
        ("pkm-mutiara",),
        ("pkm-gambir-baru",),
        ("pkm-sidodadi",),
    ]


def test_sides_of_one_place(units: UnitIndex) -> None:
    assert codes(units, "Camat Kisaran Barat dan Timur") == [("12.09.19",), ("12.09.20",)]


def test_places_are_not_offices(units: UnitIndex) -> None:
    [air_joman] = units.mentions("jalan di Air Joman")
    assert air_joman.place
    assert [mention.kind for mention in units.mentions("di Desa Air Joman")] == ["village"]
    assert [mention.kind for mention in units.mentions("warga Pulau Rakyat Tua")] == ["village"]


@pytest.mark.parametrize(
    ("text", "group", "size"),
    [
        ("seluruh camat", "seluruh_camat", 25),
        ("Camat se-Kabupaten Asahan", "seluruh_camat", 25),
        ("Camat2", "seluruh_camat", 25),
        ("para Camat", "seluruh_camat", 25),
        ("25 kecamatan", "seluruh_camat", 25),
        ("semua kepala OPD", "seluruh_opd", 30),
        ("Kapus se-Asahan", "seluruh_puskesmas", 22),
        ("seluruh Bagian", "seluruh_bagian", 9),
        ("seluruh perangkat daerah", "seluruh_perangkat_daerah", 55),
        ("para Asisten", "seluruh_asisten", 3),
        ("para Staf Ahli", "seluruh_staf_ahli", 3),
    ],
)
def test_groups(units: UnitIndex, text: str, group: str, size: int) -> None:
    [mention] = units.mentions(text)
    assert (mention.group, mention.condition, mention.implicit) == (group, "", False)
    assert len(units.group(group)) == size
    assert units.find(text).codes == tuple(units.group(group))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("OPD terkait supaya siapkan bahan", "OPD terkait"),
        ("OPD pengelola PAD supaya mengejar target", "OPD pengelola PAD"),
        ("Camat yg wilayahnya rawan banjir wajib piket 24 jam", "Camat yg wilayahnya rawan banjir"),
        ("Puskesmas setempat", "Puskesmas setempat"),
        ("camat wilayah pesisir mendata nelayan", "camat wilayah pesisir"),
        ("Seluruh OPD yang belum menyampaikan LHKPN agar segera", "Seluruh OPD yang belum menyampaikan LHKPN"),
        ("sepuluh camat agar hadir", "sepuluh camat"),
    ],
)
def test_groups_that_nobody_can_compute(units: UnitIndex, text: str, words: str) -> None:
    mention = units.mentions(text)[0]
    assert mention.words == words
    assert mention.condition


def test_a_learned_alias(units: UnitIndex) -> None:
    assert units.find("Dinas Tani").codes == ()
    learned = units.with_alias("Dinas Tani", "distan")
    assert learned.find("Dinas Tani").code == "distan"
    assert units.find("Dinas Tani").codes == ()
    loaded = UnitIndex.from_csv(UNITS, extra_aliases=[("Dinas Tani", "distan")])
    assert codes(loaded, "Dinas Tani agar mendata") == [("distan",)]
    with pytest.raises(KeyError):
        units.with_alias("Dinas Tani", "no-such-code")


def test_where_a_puskesmas_stands(units: UnitIndex) -> None:
    assert units["pkm-hessa-air-genting"].kecamatan == "12.09.13"
    assert units.puskesmas_of("12.09.20") == ["pkm-gambir-baru", "pkm-mutiara"]


def test_mentions_are_slices_of_the_text_in_order(units: UnitIndex) -> None:
    text = "Bapperida, Dinas PUTR & seluruh camat (kecuali Camat Meranti) bersama TP PKK; Kades di Rahuning yg lain."
    mentions = units.mentions(text)
    assert [text[one.start : one.end] for one in mentions] == [one.words for one in mentions]
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert [one.kind for one in mentions] == ["unit", "unit", "group", "unit", "outsider", "other"]
