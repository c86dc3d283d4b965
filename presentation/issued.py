"""What the secretariat sees of a directive it sent, besides its progress: who was not reached, and what can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.assignments import Assignment
from models.directives import Directive, DirectiveState
from models.people import Member
from models.units import Unit
from presentation.chat import render
from presentation.drafts import whom
from presentation.keyboards import Keyboard, button
from presentation.mail import Content


def manage_card(
    directive: Directive,
    assignments: Sequence[Assignment],
    people: Mapping[str, Sequence[Member]],
    undelivered: Sequence[tuple[Assignment, Member]],
    units: Mapping[str, Unit],
    now: datetime,
    zone: ZoneInfo,
) -> Content:
    """Whom to telephone, and the buttons to change or cancel a directive that was sent."""
    open_ones = [one for one in assignments if one.is_open]
    absent = [one.unit_code for one in open_ones if not people[one.unit_code]]
    unreached = {member.id: member for one in open_ones for member in people[one.unit_code] if not member.reachable}
    unreached |= {member.id: member for one, member in undelivered if one.is_open}
    text = render(
        "manage_directive",
        directive=directive,
        whom=whom([one.unit_code for one in open_ones], units, named=10),
        total=len(open_ones),
        absent=whom(absent, units, named=12) if absent else "",
        unreached=list(unreached.values()),
        now=now,
        zone=zone,
    )
    return Content(text, _buttons(directive) if directive.state == DirectiveState.SENT else [])


def _buttons(directive: Directive) -> Keyboard:
    number = directive.id
    return [
        [button("🗓 Ubah tenggat", "issued_ask", number, "due"), button("❌ Batalkan", "issued_ask", number, "cancel")],
        [
            button("➕ Tambah unit", "issued_ask", number, "more"),
            button("➖ Kurangi unit", "issued_ask", number, "less"),
        ],
        [button("🔎 Rincian", "look_directive", number)],
    ]
