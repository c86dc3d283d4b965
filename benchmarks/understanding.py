"""How fast Indonesian is understood: `python -m benchmarks.understanding [--json FILE]`.

One run measures, on the same machine and minute: a warm deadline, a notulen of 25 directives against dateparser's
`search_dates` over the same text, a progress report, and what a fresh process pays before its first answer.
The method is in README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
WIB = ZoneInfo("Asia/Jakarta")
MEETING_AT = datetime(2026, 1, 23, 9, 0, tzinfo=WIB)
UNITS = HERE.parent / "data" / "asahan" / "units.csv"
TARGET_DEADLINE_MS = 0.3
TARGET_RATIO = 0.1
TARGET_START_MS = 150.0

SENTENCES = (
    "paling lambat 30 Januari 2026",
    "Camat agar mendata lahan, paling lambat Jumat depan",
    "dalam waktu 14 (empat belas) hari",
    "3 hari kerja",
    "setiap tanggal 5 bulan berikutnya",
    "selambat-lambatnya 5 Februari 2026 pukul 12.00 WIB",
    "sebelum akhir triwulan I",
    "minggu kedua Februari",
    "semula Senin, diundur menjadi Rabu",
    "Dinas Pertanian berkoordinasi dengan Camat Simpang Empat mengenai Perda Nomor 5 Tahun 2021",
    "tgl 10 bln dpn jam setengah 3 sore",
    "H-7 Lebaran",
)
REPORTS = (
    "Izin melaporkan Pak, pendataan lahan sdh 60 %, 12 dari 20 ha, terkendala hujan",
    "siap laksanakan pak",
    "Progres fisik 82,5%, keuangan 60%. Mohon perpanjangan sampai akhir bulan karena material terlambat datang",
)
# Run in a process of its own, so that nothing is loaded yet.
FRESH = """
import sys, time
from datetime import datetime
from zoneinfo import ZoneInfo
start = time.perf_counter()
from understanding.deadlines import find_deadline
from understanding.minutes import read_minutes
from understanding.progress import read_progress
from understanding.units import UnitIndex
imported = time.perf_counter()
units = UnitIndex.from_csv(sys.argv[1])
loaded = time.perf_counter()
now = datetime(2026, 1, 23, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
read_minutes("1. Dinas Pertanian agar mendata lahan paling lambat 3 hari kerja.", now, units)
read_progress("sudah 60%, mohon waktu 1 minggu lagi", now)
answered = time.perf_counter()
print((imported - start) * 1000, (loaded - imported) * 1000, (answered - loaded) * 1000)
"""


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median of `rounds` calls after one that is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure_deadlines() -> tuple[float, float]:
    """Median and slowest sentence, in ms per call."""
    from understanding.deadlines import find_deadline

    each = [milliseconds(lambda text=text: find_deadline(text, MEETING_AT), 200) for text in SENTENCES]  # type: ignore[misc]
    return statistics.median(each), max(each)


def measure_reports() -> float:
    """The slowest of the reports, in ms."""
    from understanding.progress import read_progress

    return max(milliseconds(lambda text=text: read_progress(text, MEETING_AT), 200) for text in REPORTS)  # type: ignore[misc]


@dataclass(frozen=True)
class MinutesFigures:
    """Milliseconds for one text: ours, `search_dates` as it comes, and `search_dates` told that it is Indonesian."""

    ours: float
    plain: float
    told: float
    drafts: int
    dates: int


def measure_minutes() -> MinutesFigures:
    """Read the notulen of 25 directives both ways."""
    from dateparser.search import search_dates

    from understanding.minutes import read_minutes
    from understanding.units import UnitIndex

    text = (HERE / "texts" / "notulen_25.txt").read_text(encoding="utf-8")
    units = UnitIndex.from_csv(UNITS)
    return MinutesFigures(
        ours=milliseconds(lambda: read_minutes(text, MEETING_AT, units), 15),
        plain=milliseconds(lambda: search_dates(text), 3),
        told=milliseconds(lambda: search_dates(text, languages=["id"]), 7),
        drafts=len(read_minutes(text, MEETING_AT, units)),
        dates=len(search_dates(text, languages=["id"]) or []),
    )


def measure_start(processes: int = 5) -> tuple[float, float, float]:
    """Medians over fresh processes, in ms: importing, reading the list of units, the first answers."""
    runs = []
    for _ in range(processes):
        done = subprocess.run(
            [sys.executable, "-c", FRESH, str(UNITS)], cwd=HERE.parent, capture_output=True, text=True, check=True
        )
        runs.append([float(figure) for figure in done.stdout.split()])
    imported, loaded, answered = (statistics.median(column) for column in zip(*runs, strict=True))
    return imported, loaded, answered


def _line(name: str, value: float, unit: str, target: float | None = None, places: int = 3) -> None:
    wanted = "" if target is None else f"   target < {target:g} {unit}   {'met' if value < target else 'NOT MET'}"
    sys.stdout.write(f"{name:<46}{value:>10.{places}f} {unit:<3}{wanted}\n")


def main() -> None:
    """Print the figures; with `--json` also write them to a file."""
    parser = argparse.ArgumentParser(description="How fast Indonesian is understood")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    chosen = parser.parse_args()

    typical, slowest = measure_deadlines()
    report = measure_reports()
    minutes = measure_minutes()
    imported, loaded, answered = measure_start()

    _line("deadline, median sentence", typical, "ms", TARGET_DEADLINE_MS)
    _line("deadline, slowest sentence", slowest, "ms", TARGET_DEADLINE_MS)
    _line("progress report, slowest", report, "ms")
    _line(f"notulen of 25 directives ({minutes.drafts} drafts)", minutes.ours, "ms")
    _line(f"search_dates on the same text ({minutes.dates} dates)", minutes.plain, "ms")
    _line("  the same, told the language", minutes.told, "ms")
    _line("ours as a part of theirs", minutes.ours / minutes.plain, "", TARGET_RATIO)
    _line("  the same, told the language", minutes.ours / minutes.told, "", TARGET_RATIO)
    _line("fresh process: import", imported, "ms", TARGET_START_MS, places=0)
    _line("fresh process: list of units", loaded, "ms", places=0)
    _line("fresh process: first answers", answered, "ms", places=0)
    if chosen.json:
        figures = {
            "deadline_median_ms": typical, "deadline_slowest_ms": slowest, "report_slowest_ms": report,
            **{f"minutes_{name}": value for name, value in asdict(minutes).items()},
            "ratio": minutes.ours / minutes.plain, "ratio_told": minutes.ours / minutes.told,
            "import_ms": imported, "units_ms": loaded, "first_answers_ms": answered,
        }  # fmt: skip
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
