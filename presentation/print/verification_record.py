"""Berita acara verifikasi: what was verified, by whom, with what result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from presentation.print.formats import number, percent, plain_date, spelled, spelled_date
from presentation.print.letterhead import Letterhead, Signatory, letterhead_data, signatory_data
from presentation.print.matrix_view import FINISHED_STATUSES
from presentation.print.text import hyphenatable, printable
from presentation.print.typesetting import typeset_pdf


@dataclass(frozen=True, slots=True)
class VerifiedItem:
    """One assignment looked at. `result` is the official word: `Selesai`, `Selesai berkelanjutan` or `Dikembalikan`."""

    number: str
    directive: str
    progress: int
    evidence: str
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    """A berita acara. `verifiers` sign for the secretariat, `responsible` for the unit, `acknowledged_by` below both."""

    letterhead: Letterhead
    held_on: date
    place: str
    meeting: str
    unit: str
    items: Sequence[VerifiedItem]
    verifiers: Sequence[Signatory]
    responsible: Signatory
    acknowledged_by: Signatory | None = None
    number: str = ""
    city: str = ""


def render_verification_record(record: VerificationRecord) -> bytes:
    """PDF, A4. Without a number the number stays dotted, to be filled in by hand."""
    accepted = sum(1 for item in record.items if item.result in FINISHED_STATUSES)
    data: dict[str, object] = {
        "letterhead": letterhead_data(record.letterhead),
        "number": printable(record.number, 60),
        "opening": (
            f"Pada hari ini, {spelled_date(record.held_on)}, bertempat di {printable(record.place, 120)}, "
            "kami yang bertanda tangan di bawah ini:"
        ),
        "people": [_person(verifier) for verifier in record.verifiers[:6]],
        "subject": (
            f"telah melaksanakan verifikasi terhadap laporan penyelesaian tindak lanjut arahan pimpinan pada "
            f"{printable(record.meeting, 160)} oleh {printable(record.unit, 120)}, dengan hasil sebagai berikut:"
        ),
        "items": [_item(item) for item in record.items],
        "result": _result(len(record.items), accepted),
        "closing": ("Demikian Berita Acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."),
        "place_and_date": f"{printable(record.city, 40)}, {plain_date(record.held_on)}" if record.city else "",
        "responsible": signatory_data(record.responsible),
        "verifiers": [signatory_data(verifier) for verifier in record.verifiers[:6]],
        "acknowledged": signatory_data(record.acknowledged_by),
    }
    return typeset_pdf("verification_record.typ", data)


def _result(total: int, accepted: int) -> str:
    if total == 0:
        return "Tidak terdapat tindak lanjut yang diverifikasi."
    words = f"Dari {_counted(total)} tindak lanjut yang diverifikasi, {_counted(accepted)} dinyatakan selesai"
    if accepted == total:
        return f"{words}."
    return f"{words} dan {_counted(total - accepted)} dikembalikan kepada unit untuk dilengkapi."


def _counted(count: int) -> str:
    return f"{number(count)} ({spelled(count)})" if count <= 9999 else number(count)


def _person(signatory: Signatory) -> dict[str, str]:
    return {
        "name": printable(signatory.name, 90),
        "nip": printable(signatory.nip, 40),
        "rank": printable(signatory.rank, 60),
        "post": printable(signatory.post, 120),
    }


def _item(item: VerifiedItem) -> dict[str, str]:
    return {
        "number": printable(item.number, 30, longest_word=11),
        "directive": hyphenatable(printable(item.directive, 400)),
        "progress": percent(item.progress),
        "evidence": hyphenatable(printable(item.evidence, 200)) or "–",
        "result": printable(item.result, 40),
        "note": hyphenatable(printable(item.note, 300)) or "–",
    }
