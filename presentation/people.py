"""Who is in: the list, and one person's card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.people import Member, Role
from models.units import Unit
from presentation.chat import brief, render
from presentation.keyboards import Keyboard, button, pages
from presentation.mail import Content

PER_PAGE = 8
ROLE_NAMES = {
    Role.ADMIN: "Admin",
    Role.SEKRETARIAT: "Sekretariat",
    Role.PIMPINAN: "Pimpinan",
    Role.PEMANTAU: "Pemantau",
    Role.PELAKSANA: "Pelaksana",
}
INVITABLE = {
    Role.PELAKSANA: "Camat, kepala OPD, kepala puskesmas, atau operatornya",
    Role.SEKRETARIAT: "Sekretariat",
    Role.PIMPINAN: "Pimpinan",
    Role.PEMANTAU: "Pemantau (asisten, staf ahli)",
    Role.ADMIN: "Admin",
}
SHEETS = {
    "all": "Semua unit (PDF)",
    "kecamatan": "Semua camat (PDF)",
    "opd": "Semua OPD (PDF)",
    "puskesmas": "Semua puskesmas (PDF)",
}


def people_list(members: Sequence[Member], empty: Sequence[Unit], page: int, now: datetime, zone: ZoneInfo) -> Content:
    """Counts by role, whom no message reaches, which posts nobody serves, and a button for each person."""
    last = max(0, (len(members) - 1) // PER_PAGE)
    page = min(page, last)
    counts = Counter(role for member in members for role in member.roles)
    text = render(
        "people",
        counts=[(ROLE_NAMES[role], counts[role]) for role in Role if counts[role]],
        total=len(members),
        unreachable=[member for member in members if not member.reachable],
        empty=empty,
        now=now,
        zone=zone,
    )
    listed = _buttons(members[page * PER_PAGE : (page + 1) * PER_PAGE])
    paper = (
        [button("📄 Belum bergabung (PDF)", "not_joined")] if empty or any(not one.reachable for one in members) else []
    )
    return Content(text, [*listed, pages("people", page, last), paper])


def people_found(members: Sequence[Member], wanted: str, now: datetime, zone: ZoneInfo) -> Content:
    """Those whose name or post was asked for."""
    shown = members[: 2 * PER_PAGE]
    text = render("people_found", wanted=wanted, total=len(members), shown=len(shown), now=now, zone=zone)
    return Content(text, _buttons(shown))


def _buttons(members: Sequence[Member]) -> Keyboard:
    return [
        [button(brief(f"{'' if member.reachable else '📵 '}{member.name} · {member.title}", 58), "person", member.id)]
        for member in members
    ]


def member_card(member: Member, now: datetime, zone: ZoneInfo) -> Content:
    """One person, with the buttons to end a post or to revoke."""
    ending = [
        [button(brief(f"🔁 Akhiri: {holding.title}", 58), "end_holding", holding.id)]
        for holding in member.holdings
        if holding.until is None
    ]
    keyboard = [*ending, [button("🚫 Cabut akses", "revoke", member.id)], [button("⬅️ Kembali", "people", 0)]]
    return Content(render("member_card", member=member, now=now, zone=zone), keyboard)
