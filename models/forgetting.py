"""Forgetting a person (UU 27/2022): name, Telegram id and words go; tasks, figures and decisions stay, unnamed.

What somebody decided in office (a verification, a granted extension, a note of pimpinan, a notulen) is the office's
record and stays in its words. What somebody reported or asked for in own words does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from sqlalchemy import String, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.dialogues import Dialogue
from models.leaving import LEFT
from models.mailbox import Card, Incoming, OutboxState, Outgoing
from models.papers import OrderState, PaperOrder
from models.people import Invite, Member, WrongCode
from models.records import AuditEntry, Summary, audit_unlocked
from models.reports import EvidenceState, Extension, Note, Report, ReportState

GONE = "(kata-kata dihapus)"
NOBODY = 0
"""A chat id that Telegram gives to nobody."""
TELLING_LENGTH = 12
"""Shorter words ("siap", "sudah 60%") tell nothing about anybody."""
QUOTED = 30
"""Messages quote at least so many characters of a report, so that finds the quotations."""
WORDY = frozenset({"text", "reason", "obstacle", "answer", "note", "name", "words"})
"""Keys of audit entries whose values are what somebody wrote."""
AT_ONCE = 500
BLANK_CARD: dict[str, Any] = {"text": "", "reply_markup": {"inline_keyboard": []}}


@dataclass
class Forgotten:
    """What was done. `files` are paths under files.directory for the caller to delete once this is committed."""

    reports: int = 0
    messages: int = 0
    files: list[str] = field(default_factory=list)


async def find_member(session: AsyncSession, words: str) -> list[Member]:
    """Who may be meant by a member's number, Telegram id or full name."""
    number = int(words) if words.isdecimal() and len(words) < 16 else None
    if number is not None:
        query = select(Member).where(or_(Member.id == number, Member.telegram_id == number))
        return list(await session.scalars(query.order_by(Member.id)))
    everyone = await session.scalars(select(Member).order_by(Member.id))
    return [member for member in everyone if member.name.casefold() == words.strip().casefold()]


async def forget(session: AsyncSession, member: Member, *, now: datetime, evidence: bool = False) -> Forgotten:
    """Make the person anonymous everywhere, in the session's transaction. `evidence`: what they sent goes too."""
    done = Forgotten()
    reports = (await session.scalars(select(Report).where(Report.member_id == member.id))).all()
    traces = _traces(member, reports)
    for report in reports:
        _blank_report(report, done, evidence=evidence)
    done.reports = len(reports)
    await _blank_requests(session, member)
    await _blank_mail(session, member, traces, done)
    await _blank_audit(session, member, traces)
    for summary in await session.scalars(select(Summary)):
        # The figures of a week that was sent never change; what somebody said of them does not stay.
        if _gives_away(summary.view, traces):
            summary.view = _struck(summary.view, traces)
    await session.execute(delete(Dialogue).where(Dialogue.member_id == member.id))
    await session.execute(delete(WrongCode).where(WrongCode.telegram_id == member.telegram_id))
    await session.execute(
        update(Invite).where(or_(Invite.used_by == member.id, Invite.for_name == member.name)).values(for_name=None)
    )
    await session.execute(update(PaperOrder).where(PaperOrder.member_id == member.id).values(chat_id=NOBODY))
    await session.execute(
        update(PaperOrder)
        .where(PaperOrder.member_id == member.id, PaperOrder.state == OrderState.WAITING)
        .values(state=OrderState.FAILED)
    )
    member.name, member.telegram_id, member.chat_id = f"Pengguna {member.id}", -member.id, NOBODY
    member.reachable, member.revoked_at = False, member.revoked_at or now
    for holding in member.holdings:
        holding.until = holding.until or now
    session.add(AuditEntry(at=now, deed="forget", subject=f"member:{member.id}", after={"evidence": evidence}))
    await session.flush()
    return done


def _traces(member: Member, reports: Sequence[Report]) -> list[str]:
    """What gives the person away in other people's messages: the name, and the beginnings of what was reported."""
    found = {member.name, *_plain_and_escaped(member.name)}
    for report in reports:
        for words in (report.text, report.obstacle or ""):
            start = " ".join(words.split())[:QUOTED]
            if len(start) >= TELLING_LENGTH:
                found |= {start, *_plain_and_escaped(start)}
    return [trace for trace in found if len(trace) > 2]


def _plain_and_escaped(words: str) -> tuple[str, str]:
    return escape(words, quote=False), escape(words)


def _blank_report(report: Report, done: Forgotten, *, evidence: bool) -> None:
    task = report.assignment
    if task is not None and report.obstacle is not None and task.obstacle == report.obstacle:
        task.obstacle = GONE
    report.text, report.chat_id = GONE if report.text else "", NOBODY
    report.obstacle = GONE if report.obstacle is not None else None
    report.state = ReportState.WITHDRAWN if report.state == ReportState.PENDING else report.state
    for one in report.evidence:
        one.file_name = None
        if evidence:
            done.files += [one.path] if one.path else []
            one.state, one.error = EvidenceState.FAILED, "dihapus atas permintaan"
            one.path = one.sha256 = one.file_id = one.file_unique_id = one.latitude = one.longitude = None


async def _blank_requests(session: AsyncSession, member: Member) -> None:
    await session.execute(update(Extension).where(Extension.asked_by == member.id).values(reason=GONE))
    await session.execute(update(Note).where(Note.answered_by == member.id).values(answer=GONE))


async def _blank_mail(session: AsyncSession, member: Member, traces: Sequence[str], done: Forgotten) -> None:
    # With what follows the number: another person's may begin with the same digits.
    raw, number = cast(Incoming.raw, String), f'"id": {member.telegram_id}'
    theirs = or_(*(raw.contains(f"{number}{after}", autoescape=True) for after in (",", "}")))
    await session.execute(delete(Incoming).where(or_(Incoming.lane == member.chat_id, theirs)))
    last = 0
    while rows := (await session.scalars(_after(Outgoing, last))).all():
        for row in rows:
            done.messages += _blank_outgoing(row, member, traces)
        last = rows[-1].id
        await session.flush()
    last = 0
    while cards := (await session.scalars(_after(Card, last))).all():
        for card in cards:
            if card.chat_id == member.chat_id:
                card.shown, card.chat_id, card.message_id = BLANK_CARD, NOBODY, None
                card.subject = card.subject if card.subject.startswith(LEFT) else f"{LEFT}{card.subject}"
            elif _gives_away(card.shown, traces):
                card.shown = BLANK_CARD
        last = cards[-1].id
        await session.flush()


def _after(what: Any, last: int) -> Any:
    return select(what).where(what.id > last).order_by(what.id).limit(AT_ONCE)


def _blank_outgoing(row: Outgoing, member: Member, traces: Sequence[str]) -> bool:
    if row.dedupe_key is not None and str(member.telegram_id) in row.dedupe_key:
        row.dedupe_key = None
    waits = row.state in (OutboxState.READY, OutboxState.SENDING, OutboxState.UNCERTAIN)
    if row.chat_id == member.chat_id:
        row.payload, row.chat_id = {"wiped": True}, NOBODY
        row.state = OutboxState.FAILED if waits else row.state
        return True
    if not _gives_away(row.payload, traces):
        return False
    # What others still have to be told is told, without the words.
    row.payload = _struck(row.payload, traces) if waits else {"wiped": True}
    return True


async def _blank_audit(session: AsyncSession, member: Member, traces: Sequence[str]) -> None:
    own = or_(AuditEntry.member_id == member.id, AuditEntry.telegram_id == member.telegram_id)
    async with audit_unlocked(session):
        last = 0
        while entries := (await session.scalars(_after(AuditEntry, last))).all():
            for entry in entries:
                _blank_entry(entry, member, traces)
            last = entries[-1].id
            await session.flush()
        await session.execute(update(AuditEntry).where(own).values(telegram_id=None))


def _blank_entry(entry: AuditEntry, member: Member, traces: Sequence[str]) -> None:
    is_own = member.id == entry.member_id or member.telegram_id == entry.telegram_id
    if is_own:
        entry.before, entry.after = _without_words(entry.before), _without_words(entry.after)
        # A refused message is on record by its first words.
        kind, _, identity = (entry.subject or "").partition(":")
        if not (kind.isidentifier() and identity.lstrip("-").isdecimal()):
            entry.subject = None
    if _gives_away([entry.before, entry.after, entry.subject], traces):
        entry.before, entry.after = _struck(entry.before, traces), _struck(entry.after, traces)
        entry.subject = _struck(entry.subject, traces)


def _without_words(value: dict[str, Any] | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {key: GONE if key in WORDY and isinstance(part, str) else part for key, part in value.items()}


def _gives_away(value: Any, traces: Sequence[str]) -> bool:
    return any(trace in words for words in _strings(value) for trace in traces)


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _struck(value: Any, traces: Sequence[str]) -> Any:
    """The same with every text that gives the person away replaced."""
    if isinstance(value, str):
        return GONE if any(trace in value for trace in traces) else value
    if isinstance(value, dict):
        return {key: _struck(part, traces) for key, part in value.items()}
    if isinstance(value, list):
        return [_struck(part, traces) for part in value]
    return value
