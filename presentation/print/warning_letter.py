"""Surat teguran I, II and III for a unit whose assignments are late, as a draft to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from presentation.print.formats import long_date, number, percent, plain_date, roman, spelled
from presentation.print.letterhead import Letterhead, Signatory, letterhead_data, signatory_data
from presentation.print.salutation import Addressee, Rank, opening, pronoun
from presentation.print.text import hyphenatable, printable
from presentation.print.typesetting import typeset_pdf

LEVELS = (1, 2, 3)
LISTED = 6
"""More tasks than these go into an attachment, so that the letter itself stays on the page that is signed."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class OverdueTask:
    """A late assignment as the letter lists it; `progress` is whole percent, None when never reported."""

    number: str
    directive: str
    due: date
    days_late: int
    progress: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierLetter:
    """A warning already sent on the same matter."""

    number: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class WarningLetter:
    """One warning. Without `number` it is marked as a draft; `earlier` holds letter I, or I and II, oldest first.

    Raises ValueError when `level` is not 1, 2 or 3, or does not follow from `earlier`.
    """

    letterhead: Letterhead
    level: int
    dated: date
    place: str
    addressee: Addressee
    meeting: str
    meeting_date: date
    tasks: Sequence[OverdueTask]
    answer_by: date
    signatory: Signatory
    signed_by: Rank
    number: str = ""
    priority: str = "Segera"
    earlier: Sequence[EarlierLetter] = ()
    copies: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"there is no warning {self.level}; warnings are I, II and III")
        if len(self.earlier) != self.level - 1:
            raise ValueError(f"warning {roman(self.level)} needs the {self.level - 1} letters before it")


def render_warning_letter(letter: WarningLetter) -> bytes:
    """PDF, A4, with kop, table of late assignments, signature and copies."""
    attached = len(letter.tasks) > LISTED
    data: dict[str, object] = {
        "letterhead": letterhead_data(letter.letterhead),
        "attached": attached,
        "attachment_of": f"Lampiran Surat {printable(letter.signatory.post, 120)}",
        "attachment_facts": [("Nomor", printable(letter.number, 60)), ("Tanggal", plain_date(letter.dated))],
        "draft": not letter.number,
        "place_and_date": f"{printable(letter.place, 40)}, {plain_date(letter.dated)}",
        "facts": [
            ("Nomor", printable(letter.number, 60)),
            ("Sifat", printable(letter.priority, 30)),
            ("Lampiran", "1 (satu) berkas" if attached else "–"),
            ("Hal", f"Teguran {roman(letter.level)}"),
        ],
        "to": printable(opening(letter.addressee, letter.signed_by), 140),
        "to_place": printable(letter.addressee.place, 60),
        "paragraphs": [_introduction(letter, attached=attached)],
        "tasks": [_task(task) for task in letter.tasks[:_MOST]],
        "more": max(0, len(letter.tasks) - _MOST),
        "request": f"Berkenaan dengan hal tersebut, diminta perhatian {_you(letter)} agar:",
        "steps": _steps(letter),
        "closing": _closing(letter),
        "signatory": signatory_data(letter.signatory),
        "copies": [printable(copy, 120) for copy in letter.copies[:8]],
    }
    return typeset_pdf("warning_letter.typ", data)


def _you(letter: WarningLetter) -> str:
    return pronoun(letter.addressee, letter.signed_by)


def _introduction(letter: WarningLetter, *, attached: bool) -> str:
    meeting = f"{printable(letter.meeting, 120)}, {long_date(letter.meeting_date)}"
    if letter.level == 1:
        start = f"Sehubungan dengan arahan pimpinan pada {meeting},"
    else:
        sent = [
            f"Teguran {roman(level)} Nomor {printable(earlier.number, 60)} tanggal {plain_date(earlier.sent_on)}"
            for level, earlier in enumerate(letter.earlier, start=1)
        ]
        start = f"Menindaklanjuti Surat {' dan Surat '.join(sent)} mengenai arahan pimpinan pada {meeting},"
    still = "" if letter.level == 1 else " masih"
    count = f"{number(len(letter.tasks))} ({spelled(len(letter.tasks))}) " if attached else ""
    where = "sebagaimana daftar terlampir." if attached else "sebagai berikut:"
    return (
        f"{start} bersama ini disampaikan bahwa sampai dengan tanggal surat ini{still} terdapat {count}tindak lanjut yang "
        f"belum diselesaikan dan telah melewati batas waktu, {where}"
    )


def _steps(letter: WarningLetter) -> list[str]:
    steps = [
        f"{'segera menyelesaikan' if letter.level < 3 else 'menyelesaikan tanpa penundaan'} tindak lanjut dimaksud;",
        f"menyampaikan laporan perkembangan disertai data dukung paling lambat {long_date(letter.answer_by)}; dan",
        "menyampaikan kendala yang dihadapi serta bantuan yang diperlukan, apabila ada.",
    ]
    if letter.level == 3:
        steps[2] = "menyampaikan penjelasan tertulis mengenai sebab keterlambatan dan bantuan yang diperlukan."
    return steps


def _closing(letter: WarningLetter) -> list[str]:
    you = _you(letter)
    thanks = f"Demikian disampaikan, atas perhatian dan kerja sama {you} diucapkan terima kasih."
    if letter.level == 3:
        consequence = (
            "Teguran ini merupakan teguran terakhir. Apabila sampai dengan batas waktu tersebut belum terdapat "
            "tindak lanjut, hal ini akan dilaporkan kepada Bupati untuk memperoleh keputusan sesuai dengan "
            "ketentuan peraturan perundang-undangan."
        )
        return [consequence, thanks]
    if letter.level == 2:
        consequence = (
            "Apabila sampai dengan batas waktu tersebut belum terdapat tindak lanjut, akan diterbitkan Teguran III."
        )
        return [consequence, thanks]
    return [thanks]


def _task(task: OverdueTask) -> dict[str, str]:
    return {
        "number": printable(task.number, 30, longest_word=11),
        "directive": hyphenatable(printable(task.directive, 300)),
        "due": plain_date(task.due),
        "late": f"{number(task.days_late)} hari",
        "progress": "belum dilaporkan" if task.progress is None else percent(task.progress),
    }
