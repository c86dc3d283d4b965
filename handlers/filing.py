"""What a report does to its task: figures, state, receipt, and what it asks for (verification, more time)."""

from __future__ import annotations

from handlers import extensions, finishing
from handlers.turn import Turn
from models.assignments import WORKING, Assignment, NotAllowed, Status
from models.lookups import evidence_of, filed_reports, open_assignments
from models.reports import Report
from presentation.cards import redraw_assignment
from presentation.desk import send_verification
from presentation.receipts import ends_asking, is_question, receipt, report_subject
from understanding.progress import Progress, read_progress


async def take_in(turn: Turn, assignment: Assignment, report: Report) -> None:
    """The report's effects: figures, state, receipt, and what it asks for (verification, more time)."""
    waited = assignment.status == Status.SUBMITTED
    assignment.record(report, at=turn.now)
    turn.audit("report", f"assignment:{assignment.id}",
               after={"report": report.id, "heard": report.heard, "percent": report.percent})  # fmt: skip
    await turn.session.flush()
    heard = read_progress(report.text, turn.now)
    finished = report.heard == "selesai" and assignment.status != Status.SUBMITTED
    if finished and await evidence_of(turn.session, assignment.id):
        await finishing.submit(turn, assignment)
    elif waited:
        await send_verification(turn.mail, assignment, [], turn.zone)
    await show_receipt(turn, report, assignment)
    await redraw_assignment(turn.mail, assignment, turn.zone)
    if report.heard == "selesai" and assignment.status != Status.SUBMITTED:
        await finishing.ask_evidence(turn, assignment)
    elif report.heard == "perpanjangan":
        await extensions.offer(turn, assignment, heard.extension_until, report.text)
    if report.obstacle is not None:
        await finishing.tell_secretariat(turn, "obstacle_notice", assignment=assignment, report=report)
    elif is_question(report):
        await finishing.tell_secretariat(turn, "question_notice", assignment=assignment, report=report)


def handed_in_with(report: Report, assignment: Assignment) -> bool:
    """Whether the task waits for verification because of this report."""
    tells_the_end = report.heard == "selesai" or report.created_at == assignment.submitted_at
    return assignment.status == Status.SUBMITTED and tells_the_end


async def recount(turn: Turn, report: Report, assignment: Assignment, *, takes_back: bool = False) -> None:
    """Reckon the task anew after one of its reports changed, and show it everywhere.

    `takes_back`: the report that had handed the task in says so no longer, so it leaves the secretariat's desk.
    """
    await turn.session.flush()
    if takes_back:
        assignment.withdraw_submission()
        turn.audit("unfinish", f"assignment:{assignment.id}")
    assignment.recount(await filed_reports(turn.session, assignment.id))
    await show_receipt(turn, report, assignment)
    await redraw_assignment(turn.mail, assignment, turn.zone)
    if takes_back or assignment.status == Status.SUBMITTED:
        # Whoever is about to verify it sees the reports as they are now.
        await send_verification(turn.mail, assignment, [], turn.zone)


async def show_receipt(turn: Turn, report: Report, assignment: Assignment, *, ask_percent: bool = False) -> None:
    """Send the receipt of a report, or bring the one that was sent up to date."""
    others = any(one.id != assignment.id for one in await own_open(turn))
    content = receipt(report, assignment, turn.now, turn.zone, other_tasks=others, ask_percent=ask_percent)
    subject = report_subject(report)
    if await turn.mail.cards(subject):
        await turn.mail.redraw(subject, content)
    else:
        await turn.mail.show(subject, turn.member, content)


async def own_open(turn: Turn) -> list[Assignment]:
    """The tasks of this person's units on which it is the unit's turn, most urgent first."""
    every = await open_assignments(turn.session, turn.member.unit_codes)
    return [one for one in every if one.status in WORKING] or list(every)


def new_report(turn: Turn) -> Report:
    """A report of this message, with what was understood of its words; it has no task yet."""
    message = turn.message
    report = Report(
        member=turn.member,
        member_id=turn.member.id,
        chat_id=message.chat.id,
        message_id=message.message_id,
        media_group_id=message.media_group_id,
        created_at=turn.now,
        evidence=[],
    )
    write(report, turn.words, read_progress(turn.words, turn.now))
    return report


def write(report: Report, text: str, heard: Progress) -> None:
    """Put the words and what was understood of them on the report."""
    measured = heard.percent is not None or heard.quantity is not None or heard.obstacle is not None
    # A question may name the work, which isn't progress: "lahan perkebunan ikut didata, Pak?"
    asks = not measured and heard.status in ("ack", "proses") and ends_asking(text)
    report.text, report.heard = text, "ack" if asks else heard.status
    report.percent, report.obstacle, report.help_from = heard.percent, heard.obstacle, heard.help_from
    amount = heard.quantity
    report.quantity_done = amount.done if amount else None
    report.quantity_total = amount.total if amount else None
    report.quantity_unit = amount.unit if amount else None


def must_be_open(assignment: Assignment) -> None:
    """Raises NotAllowed for a task that is finished or cancelled."""
    if not assignment.is_open:
        raise NotAllowed("cancelled" if assignment.status == Status.CANCELLED else "already_done")
