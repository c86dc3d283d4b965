"""Render times of the pictures and papers: `python -m benchmarks.print` prints milliseconds cold and warm."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from presentation.print.invitations import InvitationCard, render_invitation_sheet
from presentation.print.letterhead import Letterhead
from presentation.print.matrix import MatrixHead, MatrixRow, render_matrix_pdf, render_matrix_xlsx
from presentation.print.summary import render_summary_pdf, render_summary_picture
from tests.presentation.print import asahan

ROUNDS = 7
HEAD = MatrixHead(Letterhead("Pemerintah Kabupaten Asahan", "Sekretariat Daerah"), "Tahun 2026", asahan.MONDAY)


def measure(name: str, render: Callable[[int], bytes]) -> None:
    """`render` is called with a different number each time, so that nothing is answered from memory."""
    times, work = [], []
    for turn in range(ROUNDS + 1):
        start, started = time.perf_counter(), time.process_time()
        made = render(turn)
        times.append((time.perf_counter() - start) * 1000)
        work.append((time.process_time() - started) * 1000)
    sys.stdout.write(
        f"{name:<24} cold {times[0]:6.0f}   warm: fastest {min(times[1:]):6.0f}   median {statistics.median(times[1:]):6.0f}"
        f"   processor {statistics.median(work[1:]):6.0f} ms   {len(made) / 1024:6.0f} kB\n"
    )


def main() -> None:
    week = asahan.weekly_summary()
    numbered = [
        replace(week, week_label=f"Pekan ke-{turn}", units=asahan.unit_tiles(turn)) for turn in range(ROUNDS + 1)
    ]
    measure("summary picture", lambda turn: render_summary_picture(numbered[turn]))
    measure("summary PDF", lambda turn: render_summary_pdf(numbered[turn]))
    measure("invitations, 86 posts", lambda turn: render_invitation_sheet(_cards(turn), "Pemerintah Kabupaten Asahan"))
    for size in (30, 360, 2000):
        measure(f"matrix XLSX, {size} rows", partial(_matrix, render_matrix_xlsx, size))
        measure(f"matrix PDF, {size} rows", partial(_matrix, render_matrix_pdf, size))


def _matrix(render: Callable[[list[MatrixRow], MatrixHead], bytes], size: int, turn: int) -> bytes:
    return render(_rows(size, turn), HEAD)


def _cards(turn: int) -> list[InvitationCard]:
    until = asahan.MONDAY
    links = (f"https://t.me/KawalAsahanBot?start=u7Kq2wZ5pXh3Rb9Lm4{turn:02}{place:02}" for place in range(200))
    return [
        InvitationCard(row["name"], row["name"], link, until)
        for row, link in zip(asahan.unit_rows(), links, strict=False)
    ]


def _rows(size: int, turn: int) -> list[MatrixRow]:
    units = asahan.unit_rows()
    return [
        MatrixRow(
            no=place,
            directive="Camat agar mendata lahan minimal 1.000 m² untuk gerai Koperasi Merah Putih di setiap desa/kelurahan",
            follow_up=f"Pendataan {turn + place} lokasi selesai, sisanya menunggu surat pertanahan",
            lead=units[place % len(units)]["name"],
            support="Dinas Pemberdayaan Masyarakat dan Desa",
            due=date(2026, 1 + place % 12, 1 + place % 28),
            progress=place % 101,
            status=("Dalam proses", "Terkendala", "Selesai", "Belum dilaporkan")[place % 4],
            obstacle="Dua desa belum memiliki lahan berstatus jelas",
        )
        for place in range(size)
    ]


if __name__ == "__main__":
    main()
