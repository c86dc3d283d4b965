"""The secretariat's desk: cards of finished tasks and of requests for more time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import Assignment, Status
from models.lookups import filed_reports
from models.mailbox import Card
from models.people import Member
from models.reports import Extension, Report
from presentation.chat import render
from presentation.keyboards import button, pages
from presentation.mail import Content, Mail
from presentation.receipts import evidence_words

RETURN_REASONS = (
    "Bukti belum ada atau kurang",
    "Foto belum menunjukkan lokasi atau hasil",
    "Angka belum sesuai target",
    "Dokumen belum lengkap atau belum ditandatangani",
)
PER_PAGE = 8


def verification_subject(assignment: Assignment) -> str:
    return f"verification:{assignment.id}"


def extension_subject(extension: Extension) -> str:
    return f"extension:{extension.id}"


def verification_card(assignment: Assignment, reports: Sequence[Report], now: datetime, zone: ZoneInfo) -> Content:
    """A finished task as the verifier sees it: what was asked, what was reported, what proves it."""
    evidence = [one for report in reports for one in report.evidence]
    text = render(
        "verification_card",
        assignment=assignment,
        directive=assignment.directive,
        reports=[report for report in reports if report.text.strip()][-3:],
        evidence=evidence_words(evidence),
        now=now,
        zone=zone,
    )
    if assignment.status != Status.SUBMITTED:
        return Content(text)
    keyboard = [[button("✅ Setujui", "approve", assignment.id), button("↩️ Kembalikan", "return", assignment.id)]]
    if evidence:
        keyboard.append([button(f"🖼 Lihat bukti ({len(evidence)})", "evidence", assignment.id)])
    return Content(text, keyboard)


def extension_card(extension: Extension, asker: Member, now: datetime, zone: ZoneInfo) -> Content:
    """A request for more time, with the decision once there is one."""
    assignment = extension.assignment
    text = render(
        "extension_card", extension=extension, assignment=assignment, directive=assignment.directive, asker=asker,
        now=now, zone=zone,
    )  # fmt: skip
    if extension.granted is not None or not assignment.is_open:
        return Content(text)
    return Content(text, [[button("✅ Izinkan", "grant", extension.id), button("❌ Tolak", "refuse", extension.id)]])


async def send_verification(mail: Mail, assignment: Assignment, verifiers: Sequence[Member], zone: ZoneInfo) -> None:
    """Put the task on the verifiers' desks, and bring cards that are there already up to date."""
    content = verification_card(assignment, await filed_reports(mail.session, assignment.id), mail.now, zone)
    subject = verification_subject(assignment)
    known: dict[int, Card] = {card.chat_id: card for card in await mail.cards(subject)}
    for card in known.values():
        # A task handed in again deserves a new message, not an edit far up in the chat.
        if card.chat_id not in {verifier.chat_id for verifier in verifiers}:
            await mail.redraw_card(card, content)
    for verifier in verifiers:
        await mail.show(subject, verifier, content)


def desk_list(
    waiting: Sequence[Assignment], extensions: Sequence[Extension], page: int, now: datetime, zone: ZoneInfo
) -> Content:
    """What waits for the secretariat, with a button to open each."""
    items = [
        button(f"🏁 {one.directive.number} · {one.unit.short_name}", "verification", one.id) for one in waiting
    ] + [
        button(f"⏳ {one.assignment.directive.number} · {one.assignment.unit.short_name}", "extension_open", one.id)
        for one in extensions
    ]
    last = max(0, (len(items) - 1) // PER_PAGE)
    page = min(page, last)
    text = render("desk", waiting=waiting, extensions=extensions, now=now, zone=zone)
    shown = [[item] for item in items[page * PER_PAGE : (page + 1) * PER_PAGE]]
    return Content(text, [*shown, pages("desk", page, last)])
