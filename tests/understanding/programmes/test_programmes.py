"""Directives find their programme by the words the secretariat keeps in programmes.csv."""

from pathlib import Path

import pytest

from understanding.programmes import ProgrammeIndex, default_programmes

PROGRAMMES = Path(__file__).resolve().parents[3] / "data" / "asahan" / "programmes.csv"
TAGS = {
    "rpjmd", "kopdes_merah_putih", "mbg", "kelapa_sawit", "kelapa_dalam", "karet", "pembibitan_kelapa", "cetak_sawah",
    "swasembada_beras", "kampung_nelayan", "pelayanan_publik", "reformasi_birokrasi", "perjanjian_kinerja", "stunting",
    "pengendalian_inflasi", "lainnya",
}  # fmt: skip


def test_the_file_has_every_tag_once() -> None:
    tags = [programme.tag for programme in ProgrammeIndex.from_csv(PROGRAMMES)]
    assert set(tags) == TAGS
    assert len(tags) == len(TAGS)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("mendata lahan gerai Koperasi Merah Putih di setiap desa", "kopdes_merah_putih"),
        ("percepatan penyerahan lahan KDKMP", "kopdes_merah_putih"),
        ("memeriksa kelaikan dapur SPPG", "mbg"),
        ("pastikan pasokan beras & telur dapur SPPG aman", "mbg"),
        ("menyiapkan 20.000 batang bibit kelapa dalam", "pembibitan_kelapa"),
        ("penanaman kelapa dalam 150 ha", "kelapa_dalam"),
        ("peremajaan sawit rakyat", "kelapa_sawit"),
        ("CPCL peremajaan karet rakyat", "karet"),
        ("survei saluran irigasi lokasi cetak sawah", "cetak_sawah"),
        ("pembersihan saluran tersier", "swasembada_beras"),
        ("DED dermaga Kampung Nelayan Merah Putih", "kampung_nelayan"),
        ("pemantauan harga beras, cabai dan telur", "pengendalian_inflasi"),
        ("Gerakan Pangan Murah di 25 kecamatan", "pengendalian_inflasi"),
        ("matriks capaian RPJMD triwulan IV", "rpjmd"),
        ("dokumen Perjanjian Kinerja Tahun 2026", "perjanjian_kinerja"),
        ("menertibkan absensi ASN", "reformasi_birokrasi"),
        ("memangkas waktu layanan izin usaha di Mal Pelayanan Publik", "pelayanan_publik"),
        ("dampingi 43 keluarga berisiko stunting", "stunting"),
        ("menambal jalan berlubang", "lainnya"),
        ("", "lainnya"),
    ],
)
def test_words_point_to_a_programme(text: str, tag: str) -> None:
    assert default_programmes().tag_of(text) == tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("mbg", "mbg"),
        ("cetak sawah", "cetak_sawah"),
        ("Makan Bergizi Gratis", "mbg"),
        ("lainnya", "lainnya"),
        ("x y", None),
    ],
)
def test_a_programme_typed_by_name(typed: str, tag: str | None) -> None:
    assert default_programmes().find(typed) == tag


def test_the_secretariat_adds_a_word(tmp_path: Path) -> None:
    file = tmp_path / "programmes.csv"
    file.write_text(
        "tag,name,level,rpjmd_mission,words\ntambak,Tambak,provincial,2,tambak udang;~udang\n", encoding="utf-8"
    )
    programmes = ProgrammeIndex.from_csv(file)
    assert programmes.tag_of("revitalisasi tambak udang") == "tambak"
    assert programmes["tambak"].rpjmd_mission == "2"
    assert programmes.tag_of("MBG") == "lainnya"


def test_a_wrong_level_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "programmes.csv"
    file.write_text("tag,name,level,rpjmd_mission,words\nx,X,desa,,x\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        ProgrammeIndex.from_csv(file)
