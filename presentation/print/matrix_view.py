"""What matriks tindak lanjut shows, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from presentation.print.letterhead import Letterhead, Signatory

COLUMNS = (
    "No",
    "Arahan",
    "Uraian Tindak Lanjut",
    "Penanggung Jawab",
    "Pendukung",
    "Target/Output",
    "Batas Waktu",
    "Progres",
    "Status",
    "Kendala",
    "Rencana Tindak Lanjut",
    "Data Dukung",
    "Keterangan",
)
FINISHED_STATUSES = frozenset({"Selesai", "Selesai berkelanjutan"})
CLOSED_STATUSES = FINISHED_STATUSES | {"Dibatalkan"}


class Paper(StrEnum):
    """Sheet sizes offices print on; F4 is folio, 215 × 330 mm."""

    A4 = "A4"
    F4 = "F4"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One line of the matrix. `progress` is whole percent, `status` the official word (`Dalam proses`)."""

    no: int
    directive: str
    follow_up: str = ""
    lead: str = ""
    support: str = ""
    target: str = ""
    due: date | None = None
    progress: int | None = None
    status: str = ""
    obstacle: str = ""
    next_step: str = ""
    evidence: str = ""
    remark: str = ""

    def days_late(self, today: date) -> int:
        """Days past the deadline on `today`, 0 when not late or already closed."""
        if self.due is None or self.status in CLOSED_STATUSES:
            return 0
        return max(0, (today - self.due).days)


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """What stands above and below the table.

    `scope` says what was chosen (`Rakorpem Januari 2026 · seluruh unit`); `as_of` is aware and in the organisation's
    time zone; the PDF ends with the signature of `signatory` at `place`.
    """

    letterhead: Letterhead
    scope: str
    as_of: datetime
    title: str = "Matriks Tindak Lanjut Arahan Bupati"
    paper: Paper = Paper.A4
    place: str = ""
    signatory: Signatory | None = None
