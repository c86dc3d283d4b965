"""/undang and /pengguna: inviting people, seeing who is in and whom no message reaches, revoking."""

from __future__ import annotations

from sqlalchemy import select

from handlers.finding import KINDS
from handlers.menu import show_menu
from handlers.rights import may_invite
from handlers.turn import Refused, Turn
from models.leaving import let_go
from models.papers import order_paper
from models.people import Capacity, Holding, Member, Role, every_member, post_for, titled, units_nobody_serves
from models.units import Unit
from presentation.keyboards import button
from presentation.mail import Content
from presentation.people import INVITABLE, SHEETS, member_card, people_found, people_list

CAPACITY_WORDS = {
    "operator": Capacity.OPERATOR,
    "admin": Capacity.OPERATOR,
    "plt": Capacity.PLT,
    "plh": Capacity.PLH,
    "pj": Capacity.PJ,
}
ROLE_WORDS = {
    "sekretariat": Role.SEKRETARIAT,
    "pimpinan": Role.PIMPINAN,
    "pemantau": Role.PEMANTAU,
    "pelaksana": Role.PELAKSANA,
}


async def invite(turn: Turn) -> None:
    """`/undang [peran] [kedudukan] [unit]`: a link with its QR code; alone it offers what there is to choose."""
    if not turn.words.strip():
        choices = [
            [button(label, "invite_role", role)] for role, label in INVITABLE.items() if may_invite(turn.member, role)
        ]
        choices += [[button(f"📄 {label}", "invite_all", kind)] for kind, label in SHEETS.items()]
        await turn.say("invite_help", choices)
        return
    await _invite_in_words(turn, turn.words)


async def invite_role(turn: Turn) -> None:
    """A role was tapped; those that need a unit ask for its name."""
    role = _role(turn)
    if role in (Role.SEKRETARIAT, Role.ADMIN):
        await _order(turn, role, None, Capacity.DEFINITIF)
        return
    await turn.wait_for("invite_unit", role=role)
    await turn.say("invite_which", role=role)


async def invite_unit(turn: Turn) -> None:
    """The unit's name after a role was tapped."""
    role = (turn.dialogue.about if turn.dialogue else {}).get("role", Role.PELAKSANA)
    await _invite_in_words(turn, f"{role} {turn.words}")
    await turn.stop_waiting()


async def invite_all(turn: Turn) -> None:
    """Every unit of a kind whose post nobody serves yet, as a printable PDF."""
    kind = turn.arguments[0] if turn.arguments else ""
    if kind not in SHEETS:
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /undang.")
    kinds = ["kecamatan", "opd", "puskesmas"] if kind == "all" else [kind]
    turn.audit("order_invitations", None, after={"kinds": kinds})
    await order_paper(turn.session, "invitation_sheet", turn.member, now=turn.now, kinds=kinds,
                      bot=turn.office.bot_username)  # fmt: skip
    turn.answer("Lembar undangan sedang dibuat.")


async def show_people(turn: Turn) -> None:
    """`/pengguna [nama|jabatan]`: who is in, whom no message reaches, which posts nobody serves; or whoever is named."""
    wanted = " ".join(turn.words.split())
    if not wanted:
        await turn.mail.say(turn.member, await _people(turn, 0))
        return
    found = [one for one in await every_member(turn.session) if _is_called(one, wanted)]
    if len(found) == 1:
        await turn.mail.say(turn.member, member_card(found[0], turn.now, turn.zone))
    else:
        await turn.mail.say(turn.member, people_found(found, wanted, turn.now, turn.zone))


async def people_page(turn: Turn) -> None:
    """Another page of the list."""
    page = turn.arguments[0] if turn.arguments else ""
    await turn.edit_here(await _people(turn, int(page) if page.isdecimal() else 0))


async def not_joined(turn: Turn) -> None:
    """`📄 Belum bergabung (PDF)`: which posts nobody serves, and whom no message reaches."""
    await order_paper(turn.session, "not_joined", turn.member, now=turn.now)
    turn.answer("Daftar sedang dibuat.")


async def show_member(turn: Turn) -> None:
    """One person: posts, since when, reachable or not."""
    await turn.edit_here(member_card(await _other(turn), turn.now, turn.zone))


async def ask_revoke(turn: Turn) -> None:
    """`🚫 Cabut akses`: ask once more."""
    member = await _other(turn)
    keyboard = [[button("🚫 Ya, cabut", "revoke_yes", member.id), button("⬅️ Kembali", "person", member.id)]]
    await turn.edit_here(turn.content("revoke_sure", keyboard, member=member))


async def revoke(turn: Turn) -> None:
    """The person is out from now on; the tasks stay with the posts."""
    member = await _other(turn)
    if member.id == turn.member.id:
        raise Refused("Akses sendiri tidak dapat dicabut sendiri. Mohon admin yang lain.")
    if member.has(Role.ADMIN) and not turn.member.has(Role.ADMIN):
        raise Refused("Akses admin hanya dapat dicabut oleh admin.")
    ended = [holding.title for holding in member.holdings if holding.until is None]
    member.revoked_at = turn.now
    for holding in member.holdings:
        holding.until = holding.until or turn.now
    turn.audit("revoke", f"member:{member.id}", before={"posts": ended})
    await let_go(turn.session, member, now=turn.now)
    await _tell_ended(turn, member, ", ".join(ended) or member.title)
    await turn.edit_here(turn.content("revoked", member=member))


async def end_holding(turn: Turn) -> None:
    """`🔁 Akhiri`: the person leaves one post (mutasi); its tasks stay with the post."""
    identity = turn.arguments[0] if turn.arguments else ""
    holding = await turn.session.get(Holding, int(identity)) if identity.isdecimal() else None
    if holding is None or holding.until is not None:
        raise Refused("Jabatan ini sudah diakhiri.")
    if holding.post.role == Role.ADMIN and not turn.member.has(Role.ADMIN):
        raise Refused("Jabatan admin hanya dapat diakhiri oleh admin.")
    if holding.member_id == turn.member.id and holding.post.role in (Role.ADMIN, Role.SEKRETARIAT):
        raise Refused("Jabatan sendiri tidak dapat diakhiri sendiri.")
    holding.until = turn.now
    turn.audit("end_holding", f"member:{holding.member_id}", before={"post": holding.title})
    await turn.session.flush()
    await turn.session.refresh(holding.member, ["holdings"])
    await let_go(turn.session, holding.member, now=turn.now)
    await _tell_ended(turn, holding.member, holding.title)
    turn.answer("Diakhiri. Tugasnya tetap pada jabatan.")
    await turn.edit_here(member_card(holding.member, turn.now, turn.zone))


async def _tell_ended(turn: Turn, member: Member, title: str) -> None:
    """Nobody shall wonder why the bot has fallen silent, or keep a menu of commands that it refuses."""
    await turn.mail.say(member, turn.content("holding_ended", title=title, member=member), kind="notice")
    await show_menu(turn.mail, member)


async def _invite_in_words(turn: Turn, words: str) -> None:
    role, capacity, rest = _parse(words)
    if role in (Role.SEKRETARIAT, Role.ADMIN) or (role == Role.PEMANTAU and not rest):
        await _order(turn, role, None, capacity)
        return
    match = turn.office.units.find(rest)
    kind = KINDS.get(match.group or "")
    if kind in SHEETS:
        await turn.say("invite_kind", [[button(f"📄 {SHEETS[kind]}", "invite_all", kind)]], wanted=rest)
        return
    if not match.codes:
        raise Refused(
            f"Unit “{rest[:60]}” belum kami kenal. Contoh: /undang Camat Air Joman, /undang operator Dinas Pertanian."
        )
    if match.code is None:
        choices = [
            [button(turn.office.units[code].name, "invite_to", role or "-", capacity, code)] for code in match.codes[:6]
        ]
        await turn.say("invite_doubt", choices)
        return
    await _order_for(turn, role, match.code, capacity)


async def invite_to(turn: Turn) -> None:
    """One of several near units was tapped."""
    role, capacity, code = (*turn.arguments, "", "", "")[:3]
    known = code in {unit.code for unit in turn.office.units.units}
    if capacity not in set(Capacity) or not known or (role != "-" and role not in set(Role)):
        raise Refused("Pilihan ini tidak dikenal. Silakan mulai lagi dengan /undang.")
    await _order_for(turn, None if role == "-" else Role(role), code, Capacity(capacity))


async def _order_for(turn: Turn, role: Role | None, code: str, capacity: Capacity) -> None:
    unit = (await turn.session.scalars(select(Unit).where(Unit.code == code))).one()
    if role is None:
        # The Bupati and those beside him read; the assistants and experts watch; everyone else carries out.
        leading = unit.code in ("bupati", "wabup", "sekda")
        role = Role.PIMPINAN if leading else Role.PEMANTAU if unit.kind == "pimpinan" else Role.PELAKSANA
    await _order(turn, role, unit, capacity)


async def _order(turn: Turn, role: Role, unit: Unit | None, capacity: Capacity) -> None:
    if not may_invite(turn.member, role):
        raise Refused("Undangan admin hanya dapat dibuat oleh admin.")
    post = await post_for(turn.session, role, unit)
    turn.audit("invite", f"post:{post.id}", after={"role": role, "capacity": capacity})
    await order_paper(turn.session, "invitation", turn.member, now=turn.now, post=post.id, capacity=capacity,
                      bot=turn.office.bot_username)  # fmt: skip
    turn.answer(f"Undangan {titled(post, capacity)} sedang dibuat."[:190])


def _is_called(member: Member, wanted: str) -> bool:
    """Whether every word occurs in the person's name or posts."""
    known = " ".join([member.name, *(holding.title for holding in member.holdings if holding.until is None)]).casefold()
    return all(word in known for word in wanted.casefold().split())


def _parse(words: str) -> tuple[Role | None, Capacity, str]:
    """(role or None, capacity, the rest) of "operator Camat Air Joman", "pemantau Asisten II", "Plt Dinas Sosial"."""
    role, capacity, rest = None, Capacity.DEFINITIF, words.split()
    while rest:
        word = rest[0].lower().rstrip(".:,")
        if word in ROLE_WORDS and role is None:
            role = ROLE_WORDS[word]
        elif word == "admin" and len(rest) == 1 and role is None:
            role = Role.ADMIN
        elif word in CAPACITY_WORDS:
            capacity = CAPACITY_WORDS[word]
        else:
            break
        rest.pop(0)
    return role, capacity, " ".join(rest)


def _role(turn: Turn) -> Role:
    given = turn.arguments[0] if turn.arguments else ""
    if given not in INVITABLE or not may_invite(turn.member, given):
        raise Refused("Peran ini tidak dapat diundang dari sini.")
    return Role(given)


async def _people(turn: Turn, page: int) -> Content:
    members = await every_member(turn.session)
    empty = await units_nobody_serves(turn.session)
    return people_list(members, empty, page, turn.now, turn.zone)


async def _other(turn: Turn) -> Member:
    identity = turn.arguments[0] if turn.arguments else ""
    member = await turn.session.get(Member, int(identity)) if identity.isdecimal() else None
    if member is None or member.revoked_at is not None:
        raise Refused("Orang ini sudah tidak terdaftar.")
    return member
