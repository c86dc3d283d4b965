"""The secretariat posts one directive: typed in a line or guided, looked at, corrected, sent."""

from __future__ import annotations

from sqlalchemy import select

from models.assignments import Assignment
from tests.cast import Cast

LINE = "/arahan Camat Air Joman dan Dinas Pertanian agar mendata lahan cetak sawah paling lambat Jumat depan"


async def test_a_line_becomes_a_preview_and_then_cards_for_each_unit(cast: Cast) -> None:
    sekretariat = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman")
    dinas = await cast.pelaksana("Dinas Pertanian")
    await sekretariat.says("/rapat Rakorpem Januari, 23 Januari 2026, Aula Melati")
    assert "Rapat dibuka: Rakorpem Januari" in sekretariat.reads()

    await sekretariat.says(LINE)
    preview = sekretariat.reads()
    assert "Rancangan arahan 2026-01-01" in preview
    assert "Kecamatan Air Joman" in preview
    assert "Dinas Pertanian" in preview
    assert "Jumat, 30 Januari 2026" in preview
    assert "Cetak sawah" in preview
    assert camat.screen.messages == []

    assert await sekretariat.presses("📤 Kirim") == "Terkirim."
    assert "Tugas 2026-01-01" in camat.sees("mendata lahan cetak sawah").text
    assert camat.last.labels[0] == "✅ Terima"
    assert "Jumat, 30 Januari 2026" in dinas.last.text
    sekretariat.sees("Arahan 2026-01-01 terkirim")
    assert "0 dari 2 sudah melapor" in sekretariat.sees("📊 Arahan 2026-01-01").text
    async with cast.database.reading() as session:
        assignments = list(await session.scalars(select(Assignment)))
    assert {one.unit_code for one in assignments} == {"12.09.11", "dinas-pertanian"} or len(assignments) == 2
