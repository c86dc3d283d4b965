"""Render times of the pictures and papers: `python -m benchmarks.print` prints cold, median and slowest in milliseconds."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from presentation.print.summary import render_summary_pdf, render_summary_picture
from tests.presentation.print import asahan

ROUNDS = 15


def measure(name: str, render: Callable[[int], bytes]) -> None:
    """`render` is called with a different number each time, so that nothing is answered from memory."""
    times = []
    for turn in range(ROUNDS + 1):
        start = time.perf_counter()
        made = render(turn)
        times.append((time.perf_counter() - start) * 1000)
    warm = times[1:]
    sys.stdout.write(
        f"{name:<24} cold {times[0]:6.0f}   median {statistics.median(warm):6.0f}   slowest {max(warm):6.0f} ms"
        f"   {len(made) / 1024:6.0f} kB\n"
    )


def main() -> None:
    week = asahan.weekly_summary()
    numbered = [
        replace(week, week_label=f"Pekan ke-{turn}", units=asahan.unit_tiles(turn)) for turn in range(ROUNDS + 1)
    ]
    measure("summary picture", lambda turn: render_summary_picture(numbered[turn]))
    measure("summary PDF", lambda turn: render_summary_pdf(numbered[turn]))


if __name__ == "__main__":
    main()
