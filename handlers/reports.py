"""Reports: whatever a unit writes about its task, in plain words, with photos, files or a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from handlers import finishing
from handlers.evidence import Attachment, attach, attachment_of
from handlers.filing import handed_in_with, must_be_open, new_report, own_open, recount, show_receipt, take_in, write
from handlers.finding import number_in
from handlers.turn import Over, Refused, Turn
from models.assignments import Assignment, NotAllowed, Status
from models.lookups import evidence_of, filed_reports
from models.mailbox import Card
from models.reports import Note, Report, ReportState
from presentation.receipts import choose_task, report_subject, which_task
from understanding.progress import Progress, read_progress

BELONGS_TOGETHER = timedelta(minutes=15)
"""Photos without words that follow a report within this time are its evidence."""
_NUMBER_ALONE = re.compile(r"\W*(?:(?:tugas|arahan|nomor|no)\b\W*)*[\d-]+\W*", re.IGNORECASE)
ASKED_AGAIN = timedelta(days=14)
MOST_ASKED_AGAIN = 5


async def ask(turn: Turn) -> None:
    """`📝 Lapor` on a card: the next message is the report."""
    assignment = await turn.assignment(_first(turn))
    must_be_open(assignment)
    await turn.wait_for("report", assignment=assignment.id)
    await turn.say("ask_report", assignment=assignment, directive=assignment.directive)


async def ask_obstacle(turn: Turn) -> None:
    """`🚧 Kendala` on a card: the next message says what blocks and whose help is needed."""
    assignment = await turn.assignment(_first(turn))
    must_be_open(assignment)
    await turn.wait_for("report", assignment=assignment.id, obstacle=True)
    await turn.say("ask_obstacle", assignment=assignment, directive=assignment.directive)


async def choose(turn: Turn) -> None:
    """`/lapor [words]`: choose a task, then write; what was written along with the command is the report."""
    if turn.words.strip() or turn.message.effective_attachment is not None:
        await unprompted(turn)
        return
    tasks = await own_open(turn)
    if not tasks:
        await turn.say("no_open_tasks")
    elif len(tasks) == 1:
        await turn.wait_for("report", assignment=tasks[0].id)
        await turn.say("ask_report", assignment=tasks[0], directive=tasks[0].directive)
    else:
        await turn.say("choose_task", choose_task("report", tasks[:20]), more=len(tasks) - 20)


async def receive(turn: Turn) -> None:
    """The message that was asked for by `📝 Lapor` or `🚧 Kendala`."""
    about = turn.dialogue.about if turn.dialogue else {}
    if await _joins_album(turn):
        return
    _, replied = await _replied_to(turn)
    assignment = replied or await turn.assignment(about.get("assignment", 0))
    attachment = attachment_of(turn.message)
    if not turn.words.strip() and attachment is None:
        raise Refused("Pesan ini kosong. Mohon tulis perkembangannya dengan kata-kata, atau kirim foto.")
    await turn.stop_waiting()
    await _file(turn, assignment, attachment, is_obstacle=bool(about.get("obstacle")) and replied is None)


async def receive_evidence(turn: Turn) -> None:
    """The message after "mohon kirim bukti": with a file it hands the task in, words alone are recorded."""
    about = turn.dialogue.about if turn.dialogue else {}
    assignment = await turn.assignment(about.get("assignment", 0))
    await receive(turn)
    if assignment.is_open and assignment.status != Status.SUBMITTED and await evidence_of(turn.session, assignment.id):
        await finishing.submit(turn, assignment)
        newest = (await filed_reports(turn.session, assignment.id))[-1]
        await show_receipt(turn, newest, assignment)


async def unprompted(turn: Turn) -> None:
    """A message nobody asked for: a reply to a card, the next photo of an album, or a report on the only open task."""
    if await _joins_album(turn):
        return
    attachment = attachment_of(turn.message)
    if attachment is None and not turn.words.strip():
        raise Refused("Pesan ini belum dapat dibaca. Mohon tulis perkembangannya, atau kirim foto atau berkas.")
    kind, replied = await _replied_to(turn)
    heard = read_progress(turn.words, turn.now)
    if replied is not None:
        if attachment is None and heard.status == "ack" and (kind == "praise" or not replied.is_open):
            await turn.say("thanks_heard", assignment=replied)
        else:
            await _file(turn, replied, attachment)
        return
    if attachment is not None and not turn.words.strip() and await _follows_report(turn, attachment):
        return
    nothing = attachment is None and _says_nothing(heard)
    if attachment is None and not nothing and await _completes_pending(turn):
        return
    tasks = await own_open(turn)
    number = number_in(turn.words)
    meant = [one for one in tasks if number and one.directive.number == number]
    if not tasks:
        await turn.say("no_open_tasks")
    elif len(meant) == 1 and attachment is None and not _NUMBER_ALONE.sub("", turn.words):
        # Only which task: what there is to say about it comes next.
        await turn.wait_for("report", assignment=meant[0].id)
        await turn.say("ask_report", assignment=meant[0], directive=meant[0].directive)
    elif nothing:
        await turn.say("not_a_report", tasks=len(tasks))
    elif len(tasks) == 1 or len(meant) == 1:
        await _file(turn, (meant or tasks)[0], attachment)
    else:
        await _ask_which(turn, tasks, attachment)


async def is_about(turn: Turn) -> None:
    """A button under "untuk tugas yang mana?": the report that waited belongs to this task."""
    report = await _own_report(turn, ReportState.PENDING)
    assignment = await turn.assignment(turn.arguments[1] if len(turn.arguments) > 1 else "")
    must_be_open(assignment)
    report.state, report.assignment = ReportState.FILED, assignment
    await turn.edit_here(turn.content("task_chosen", directive=assignment.directive))
    await take_in(turn, assignment, report)


async def is_none(turn: Turn) -> None:
    """`❌ Bukan laporan`: forget the message that waited."""
    report = await _own_report(turn, ReportState.PENDING)
    report.state = ReportState.WITHDRAWN
    turn.audit("no_report", report_subject(report))
    await turn.edit_here(turn.content("plain", text="Baik, pesan itu tidak dicatat sebagai laporan."))


async def edited(turn: Turn) -> bool:
    """A message was corrected: so is the report it had become. Says whether it was one."""
    message = turn.message
    report = (
        await turn.session.scalars(
            select(Report).where(
                Report.chat_id == message.chat.id,
                Report.message_id == message.message_id,
                Report.member_id == turn.member.id,
                Report.state != ReportState.WITHDRAWN,
            )
        )
    ).first()
    if report is None:
        return False
    if report.text == turn.words:
        return True
    before = {"text": report.text, "percent": report.percent}
    if report.assignment is not None and not report.assignment.is_open:
        raise NotAllowed("already_done")
    finished = report.assignment is not None and handed_in_with(report, report.assignment)
    write(report, turn.words, read_progress(turn.words, turn.now))
    report.edited_at = turn.now
    turn.audit(
        "edit_report", report_subject(report), before=before, after={"text": report.text, "percent": report.percent}
    )
    if report.assignment is not None:
        unfinished = report.obstacle is not None or (report.percent is not None and report.percent < 100)
        await recount(turn, report, report.assignment, takes_back=finished and unfinished)
    elif report.state == ReportState.PENDING:
        await _show_which(turn, report)
    return True


async def _file(
    turn: Turn, assignment: Assignment, attachment: Attachment | None, *, is_obstacle: bool = False
) -> None:
    must_be_open(assignment)
    report = new_report(turn)
    if is_obstacle:
        # Asked for as an obstacle, so it is one, in whatever words.
        report.heard, report.obstacle = "terkendala", report.text.strip() or "dijelaskan pada lampiran"
    report.assignment = assignment
    turn.session.add(report)
    if attachment is not None:
        await _attach_or_say(turn, report, attachment)
    await turn.session.flush()
    await take_in(turn, assignment, report)


async def _joins_album(turn: Turn) -> bool:
    """Whether this is a further picture of an album whose first one became a report: then it is its evidence."""
    group = turn.message.media_group_id
    if group is None:
        return False
    query = select(Report).where(
        Report.chat_id == turn.chat_id, Report.media_group_id == group, Report.member_id == turn.member.id
    )
    report = (await turn.session.scalars(query.order_by(Report.id).limit(1))).first()
    attachment = attachment_of(turn.message)
    if report is None or attachment is None:
        return False
    await _add_evidence(turn, report, attachment)
    return True


async def _follows_report(turn: Turn, attachment: Attachment) -> bool:
    """Whether a photo without words comes right after a report of the same person: then it is its evidence."""
    report = await _latest(turn)
    if report is None or (report.assignment is not None and not report.assignment.is_open):
        return False
    if turn.message.media_group_id is not None:
        report.media_group_id = turn.message.media_group_id
    await _add_evidence(turn, report, attachment)
    return True


async def _completes_pending(turn: Turn) -> bool:
    """Whether these words come right after photos without any, whose task is still asked for: then they tell of them."""
    report = await _latest(turn)
    if report is None or report.state != ReportState.PENDING or report.text:
        return False
    write(report, turn.words, read_progress(turn.words, turn.now))
    report.message_id = turn.message.message_id
    await _show_which(turn, report)
    return True


async def _latest(turn: Turn) -> Report | None:
    """This person's last report of the past minutes, whether its task is known already or still asked for."""
    query = (
        select(Report)
        .where(Report.member_id == turn.member.id, Report.state.in_([ReportState.FILED, ReportState.PENDING]))
        .where(Report.created_at > turn.now - BELONGS_TOGETHER)
        .order_by(Report.id.desc())
        .limit(1)
    )
    return (await turn.session.scalars(query)).first()


async def _add_evidence(turn: Turn, report: Report, attachment: Attachment) -> None:
    attach(turn, report, attachment)
    if turn.words.strip() and not report.text:
        write(report, turn.words, read_progress(turn.words, turn.now))
    await turn.session.flush()
    turn.audit("add_evidence", report_subject(report), after={"evidence": report.evidence[-1].id})
    if report.assignment is not None and report.state == ReportState.FILED:
        if report.assignment.is_open:
            await recount(turn, report, report.assignment)
        else:
            await show_receipt(turn, report, report.assignment)
    elif report.state == ReportState.PENDING:
        await _show_which(turn, report)


async def ask_again(turn: Turn) -> None:
    """Show the questions "untuk tugas yang mana?" that were never answered, so that no report is forgotten."""
    query = (
        select(Report)
        .where(Report.member_id == turn.member.id, Report.state == ReportState.PENDING)
        .where(Report.created_at > turn.now - ASKED_AGAIN)
        .order_by(Report.id.desc())
        .limit(MOST_ASKED_AGAIN)
    )
    tasks = await own_open(turn)
    for report in reversed((await turn.session.scalars(query)).all()):
        await turn.mail.show(_which_subject(report), turn.member, which_task(report, tasks, turn.now, turn.zone))


async def _ask_which(turn: Turn, tasks: Sequence[Assignment], attachment: Attachment | None) -> None:
    report = new_report(turn)
    report.state = ReportState.PENDING
    turn.session.add(report)
    if attachment is not None:
        await _attach_or_say(turn, report, attachment)
    await turn.session.flush()
    turn.audit("report_for_no_task_yet", report_subject(report))
    await turn.mail.show(_which_subject(report), turn.member, which_task(report, tasks, turn.now, turn.zone))


async def _show_which(turn: Turn, report: Report) -> None:
    """Bring the question for the task of a report up to date."""
    content = which_task(report, await own_open(turn), turn.now, turn.zone)
    await turn.mail.redraw(_which_subject(report), content)


def _which_subject(report: Report) -> str:
    return f"which_task:{report.id}"


async def _attach_or_say(turn: Turn, report: Report, attachment: Attachment) -> None:
    """Keep the words of a message even when its file can't be taken."""
    try:
        attach(turn, report, attachment)
    except Refused as refusal:
        if not report.text.strip():
            raise
        await turn.say("plain", text=refusal.words + " Kata-katanya tetap dicatat.")


async def _replied_to(turn: Turn) -> tuple[str, Assignment | None]:
    """(the kind of the card that this message replies to, its task)."""
    replied = turn.message.reply_to_message
    if replied is None:
        return "", None
    known = select(Card).where(Card.chat_id == turn.chat_id, Card.message_id == replied.message_id)
    card = (await turn.session.scalars(known.limit(1))).first()
    kind, _, identity = card.subject.partition(":") if card else ("", "", "")
    if kind == "report":
        report = await turn.session.get(Report, int(identity))
        identity = str(report.assignment_id) if report and report.assignment_id else ""
    elif kind == "question":
        # One that was answered before; another word on it is a report.
        note = await turn.session.get(Note, int(identity))
        identity = str(note.assignment_id) if note and note.assignment_id else ""
    if kind not in ("assignment", "assignment_note", "praise", "report", "question") or not identity:
        return kind, None
    return kind, await turn.assignment(identity)


async def _own_report(turn: Turn, *states: ReportState) -> Report:
    identity = _first(turn)
    report = await turn.session.get(Report, int(identity)) if identity.isdecimal() else None
    if report is None or report.member_id != turn.member.id:
        raise Over("Laporan ini tidak ditemukan.")
    if report.state not in states:
        withdrawn = report.state == ReportState.WITHDRAWN
        raise Over("Laporan ini sudah ditarik." if withdrawn else "Laporan ini sudah ditangani.")
    return report


async def own_filed_report(turn: Turn) -> tuple[Report, Assignment]:
    """The person's own report that a button is about, with its task. Raises Refused."""
    report = await _own_report(turn, ReportState.FILED)
    assignment = await turn.assignment(report.assignment_id or 0)
    must_be_open(assignment)
    return report, assignment


def _says_nothing(heard: Progress) -> bool:
    """A greeting or a slip of the hand: too little to be taken for a report when none was asked for."""
    return not heard.has_content and heard.status == "ack"


def _first(turn: Turn) -> str:
    return turn.arguments[0] if turn.arguments else ""
