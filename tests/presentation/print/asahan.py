"""Views filled with Asahan's real units and made-up figures, the same on every run."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from presentation.print.summary import (
    BlockedItem,
    Counts,
    DeadlineItem,
    Grade,
    GroupRow,
    LateItem,
    ProgrammeRow,
    SummaryView,
    UnitTile,
)

WIB = timezone(timedelta(hours=7), "WIB")
UNITS = Path(__file__).parents[3] / "data" / "asahan" / "units.csv"
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=WIB)

HOSTILE = '#set page(fill: red) $x^2$ `kode` @label <lab> #panic("x") \\ [ ] // ucap /* */ #read("/etc/passwd")'
LONG_NAME = "Kecamatan dengan nama yang sangat panjang sehingga tidak muat di mana pun, bahkan di kertas selebar meja rapat bupati ini"


def unit_rows() -> list[dict[str, str]]:
    """The units' table without pimpinan."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] != "pimpinan"]


def unit_tiles(seed: int = 7) -> list[UnitTile]:
    chance = random.Random(seed)
    return [_tile(row, chance) for row in unit_rows()]


def _tile(row: dict[str, str], chance: random.Random) -> UnitTile:
    group = {"kecamatan": "Kecamatan", "puskesmas": "Puskesmas"}.get(row["kind"], "OPD")
    name = row["name"].removeprefix(f"{group} ") if group != "OPD" else row["aliases"].split(";")[0]
    total = chance.randint(0, 14)
    done = chance.randint(0, total)
    late = chance.randint(0, total - done) if chance.random() < 0.5 else 0
    return UnitTile(name, group, _grade(total, done, late), total, done, late)


def _grade(total: int, done: int, late: int) -> Grade:
    if total == 0:
        return Grade.NOTHING_DUE
    if late > 3:
        return Grade.BEHIND
    if late:
        return Grade.WATCH
    return Grade.EXCELLENT if done / total > 0.8 else Grade.GOOD


def group_rows(tiles: list[UnitTile]) -> list[GroupRow]:
    return [
        GroupRow(name, sum(t.total for t in of), sum(t.done for t in of), sum(t.late for t in of))
        for name in ("Kecamatan", "OPD", "Puskesmas")
        for of in [[tile for tile in tiles if tile.group == name]]
    ]


PROGRAMMES = [
    ProgrammeRow("Koperasi Merah Putih", 81, 44, 9),
    ProgrammeRow("Makan Bergizi Gratis", 64, 40, 6),
    ProgrammeRow("Penyelarasan RPJMD", 56, 51, 0),
    ProgrammeRow("Pembibitan Kelapa Dalam", 25, 11, 4),
    ProgrammeRow("Cetak Sawah", 27, 9, 12),
    ProgrammeRow("Swasembada Beras", 31, 22, 2),
    ProgrammeRow("Kampung Nelayan Merah Putih", 12, 5, 1),
    ProgrammeRow("Kelapa Sawit", 14, 10, 0),
    ProgrammeRow("Karet", 8, 8, 0),
    ProgrammeRow("Percepatan Penurunan Stunting", 22, 14, 3),
]


def weekly_summary() -> SummaryView:
    """A full week of the regency."""
    tiles = unit_tiles()
    return SummaryView(
        organisation="Pemerintah Kabupaten Asahan",
        week_label="Pekan ke-9 · 23 Februari – 1 Maret 2026",
        as_of=MONDAY,
        counts=Counts(442, 226, 104, 31, 28, 53, 58),
        previous=Counts(431, 198, 121, 25, 31, 56, 64),
        programmes=PROGRAMMES,
        groups=group_rows(tiles),
        units=tiles,
        moved=(
            "Cetak Sawah naik dari 22 % menjadi 33 %",
            "Koperasi Merah Putih: 12 gerai dinyatakan selesai",
            "Penyelarasan RPJMD: 3 OPD selesai",
        ),
        late=(
            LateItem("Camat Silau Laut", "pendataan lahan cetak sawah", 24, "peta lahan dari BPN belum terbit"),
            LateItem(
                "Dinas Perikanan", "usulan lokasi Kampung Nelayan Merah Putih", 17, "menunggu verifikasi kementerian"
            ),
            LateItem("Camat Bandar Pasir Mandoge", "gerai Koperasi Merah Putih di setiap desa", 12),
            LateItem("Dinas PUTR", "perbaikan jalan menuju dapur MBG", 9, "cuaca"),
            LateItem("Puskesmas Sidodadi", "data balita berisiko stunting", 3, "petugas pindah tugas"),
        ),
        blocked=(
            BlockedItem(
                "Camat Air Joman", "cetak sawah 40 ha di Desa Silo Bonto", "saluran irigasi tersumbat", "Dinas PUTR"
            ),
            BlockedItem("Dinas Ketapang", "dapur MBG ke-24", "lahan belum bersertifikat", "BKAD"),
            BlockedItem("RSUD", "ketersediaan stok obat", "anggaran belum dicairkan", "BKAD"),
        ),
        decisions=(
            "Apakah batas pendataan lahan cetak sawah di Silau Laut dan Teluk Dalam diperpanjang sampai 13 Maret 2026?",
            "Pengganti lahan dapur MBG di Kecamatan Meranti: aset BKAD atau pinjam pakai desa?",
            "Alat berat untuk Air Joman: sewa atau pinjam dari Dinas PUTR?",
        ),
        deadlines=(
            DeadlineItem(date(2026, 3, 6), "Laporan stok beras kecamatan", "25 kecamatan"),
            DeadlineItem(date(2026, 3, 4), "Jadwal pelatihan pengurus koperasi", "Dinas Koperasi"),
            DeadlineItem(date(2026, 3, 5), "Data balita berisiko stunting", "22 puskesmas"),
        ),
        best_reporters=("Kecamatan Meranti", "Bapperida", "Puskesmas Mutiara", "Kecamatan Rahuning", "Dinas Pertanian"),
    )


def first_week() -> SummaryView:
    """Nothing sent yet."""
    return SummaryView("Pemerintah Kabupaten Asahan", "Pekan ke-4", MONDAY, Counts(0, 0, 0, 0, 0, 0, 0))


def one_unit() -> SummaryView:
    """One kecamatan with two assignments, of which one is late."""
    return SummaryView(
        "Pemerintah Kabupaten Asahan",
        "Pekan ke-5",
        MONDAY,
        Counts(2, 1, 0, 0, 0, 1, 1),
        programmes=[ProgrammeRow("Cetak Sawah", 2, 1, 1)],
        units=[UnitTile("Air Joman", "Kecamatan", Grade.BEHIND, 2, 1, 1)],
        late=[LateItem("Camat Air Joman", "mendata lahan cetak sawah", 3)],
    )
