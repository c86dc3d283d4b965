"""/tugas and the acceptance of a task."""

from __future__ import annotations

from handlers import reports
from handlers.turn import Turn
from models.lookups import open_assignments
from presentation.cards import redraw_assignment, send_card
from presentation.keyboards import pages

PER_PAGE = 5


async def show_tasks(turn: Turn) -> None:
    """`/tugas`: the open tasks of this person's posts as cards, most urgent first."""
    await _show_page(turn, 0)
    await reports.ask_again(turn)


async def show_more(turn: Turn) -> None:
    """The next cards of a long list."""
    page = turn.arguments[0] if turn.arguments else ""
    await _show_page(turn, int(page) if page.isdecimal() else 0)


async def accept(turn: Turn) -> None:
    """`✅ Terima`: the unit takes the task on."""
    assignment = await turn.assignment(turn.arguments[0] if turn.arguments else "")
    assignment.accept(by=turn.member.id, at=turn.now)
    turn.audit("accept", f"assignment:{assignment.id}")
    turn.answer("Diterima. Terima kasih.")
    await redraw_assignment(turn.mail, assignment, turn.zone)


async def _show_page(turn: Turn, page: int) -> None:
    tasks = await open_assignments(turn.session, turn.member.unit_codes)
    if not tasks:
        await turn.say("no_open_tasks")
        return
    last = (len(tasks) - 1) // PER_PAGE
    page = min(page, last)
    shown = tasks[page * PER_PAGE : (page + 1) * PER_PAGE]
    late = sum(1 for one in tasks if one.is_late(turn.now))
    await turn.say("tasks_head", total=len(tasks), late=late, first=page * PER_PAGE + 1, count=len(shown))
    for assignment in shown:
        await send_card(turn.mail, assignment, turn.member, turn.zone)
    if page < last:
        await turn.say("tasks_more", [pages("tasks", page, last)[-1:]], left=len(tasks) - (page + 1) * PER_PAGE)
