"""`📤 Kirim`: drafts become numbered directives, and every person of every unit gets a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.preview import minutes_in_work
from handlers.turn import Refused, Turn
from models.assignments import Assignment
from models.directives import Directive, Priority
from models.drafting import can_be_sent, drafts_of
from models.issuing import Issued, issue, people_of_units
from models.mailbox import Urgency
from models.meetings import Minutes
from models.people import Member, Role, members_in
from models.units import units_by_code
from presentation.cards import assignment_card, assignment_subject, rollup_card, rollup_subject
from presentation.drafts import minutes_subject, whom

AT_ONCE = 3
"""Up to so many directives the roll-ups come as answers; more of them stand behind what people wait for."""


async def send(turn: Turn) -> None:
    """`📤 Kirim`: everything in the preview, at once."""
    await send_prepared(turn, await minutes_in_work(turn, turn.arguments[0] if turn.arguments else ""))


async def send_prepared(turn: Turn, minutes: Minutes) -> None:
    """Send all drafts of a notulen. Raises Refused when one of them has no unit."""
    drafts = await drafts_of(turn.session, minutes.id)
    if not drafts:
        raise Refused("Belum ada arahan yang dapat dikirim. Mohon kirim teks arahannya lebih dahulu.")
    lacking = [draft for draft in drafts if not can_be_sent(draft)]
    if lacking and len(drafts) == 1:
        raise Refused("Unit pelaksananya belum ada. Mohon tentukan unitnya, misalnya: tambah Dinas Pertanian.")
    if lacking:
        which = ", ".join(str(draft.position) for draft in lacking[:20])
        raise Refused(
            f"Belum dapat dikirim: butir {which} belum punya unit. Contoh: {lacking[0].position} unit Dinas Perikanan"
        )
    units = await units_by_code(turn.session)
    issued = await issue(turn.session, minutes, drafts, units, now=turn.now, zone=turn.zone)
    turn.audit("send_directives", f"minutes:{minutes.id}", after={"numbers": [one.directive.number for one in issued]})
    people = await people_of_units(turn.session, {one.unit_code for each in issued for one in each.assignments})
    await _send_cards(turn, issued, people)
    await turn.stop_waiting()
    await turn.mail.redraw(minutes_subject(minutes), turn.content("directives_sent", **_outcome(turn, issued, people)))
    await _send_rollups(turn, issued)
    await _tell_colleagues(turn, issued)
    turn.answer("Terkirim.")


async def _send_cards(turn: Turn, issued: Sequence[Issued], people: Mapping[str, list[Member]]) -> None:
    urgency = Urgency.REMINDER if len(issued) <= AT_ONCE else Urgency.BULK
    await send_tasks(turn, [assignment for one in issued for assignment in one.assignments], people, urgency)


async def send_tasks(
    turn: Turn, assignments: Sequence[Assignment], people: Mapping[str, list[Member]], urgency: Urgency
) -> None:
    """Each task's card to everyone of its unit; at night without a sound, unless it is urgent."""
    for silent in (False, True):
        shown = [
            (assignment_subject(assignment), member, assignment_card(assignment, turn.now, turn.zone))
            for assignment in assignments
            if comes_silently(turn, assignment.directive) is silent
            for member in people[assignment.unit_code]
        ]
        await turn.mail.show_many(shown, urgency=urgency, silent=silent)


def comes_silently(turn: Turn, directive: Directive) -> bool:
    """Whether the hour is one in which nobody should be woken, and the directive can wait till the morning."""
    start, end = turn.office.settings.reminders.quiet
    at = turn.now.astimezone(turn.zone).time()
    is_night = start <= at < end if start <= end else at >= start or at < end
    return is_night and directive.priority not in (Priority.SEGERA, Priority.SANGAT_SEGERA)


async def _send_rollups(turn: Turn, issued: Sequence[Issued]) -> None:
    urgency = Urgency.ANSWER if len(issued) <= AT_ONCE else Urgency.BULK
    for one in issued:
        content = rollup_card(one.directive, one.assignments, turn.now, turn.zone)
        await turn.mail.show(rollup_subject(one.directive), turn.member, content, urgency=urgency)


async def _tell_colleagues(turn: Turn, issued: Sequence[Issued]) -> None:
    for colleague in await members_in(turn.session, Role.SEKRETARIAT):
        if colleague.id != turn.member.id:
            words = turn.content("colleague_sent", sender=turn.member, directives=[one.directive for one in issued])
            await turn.mail.say(colleague, words, kind="notice", urgency=Urgency.BULK)


def _outcome(turn: Turn, issued: Sequence[Issued], people: Mapping[str, list[Member]]) -> dict[str, Any]:
    """What the sender reads afterwards: how many, and who will not get it yet."""
    units = {one.unit_code: one.unit for each in issued for one in each.assignments}
    absent = [code for code in units if not people[code]]
    silent = [member for code in units for member in people[code] if not member.reachable]
    return {
        "directives": [one.directive for one in issued],
        "silent": any(comes_silently(turn, one.directive) for one in issued),
        "tasks": sum(len(one.assignments) for one in issued),
        "units": len(units),
        "people": len({member.id for code in units for member in people[code]}),
        "absent": whom(absent, units, named=10) if absent else "",
        "absent_count": len(absent),
        "unreachable": list(dict.fromkeys(silent)),
    }
