"""Whoever has left a post hears nothing more of it, and no link made before lets anybody back in."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from models.directives import Priority
from models.mailbox import OutboxState, Outgoing
from models.papers import OrderState, PaperOrder
from models.people import Holding, Role, claim, invite_with_code, make_invite, post_for
from tests.cast import Cast, Person, wib

DUE = wib("2026-01-30 16:00")


async def link_from(cast: Cast, inviter: Person, words: str) -> str:
    """The code of an invitation that somebody asks the bot for."""
    await inviter.says(f"/undang {words}")
    await cast.papers_are_made()
    return inviter.sees("?start=").text.split("?start=")[1].split()[0]


async def revoke(cast: Cast, by: Person, whom: Person) -> None:
    member = await cast.member_row(whom)
    await by.says("/pengguna")
    await by.presses_data(f"1:revoke_yes:{member.id}", by.last)
    assert "dicabut" in by.reads()


async def end_post(cast: Cast, by: Person, whom: Person, title: str) -> None:
    async with cast.database.reading() as session:
        every = await session.scalars(select(Holding).where(Holding.until.is_(None)))
        number = next(one.id for one in every if one.member.telegram_id == whom.telegram_id and one.title == title)
    await by.says("/pengguna")
    await by.presses_data(f"1:end_holding:{number}", by.last)


async def a_secret_task(cast: Cast) -> tuple[Person, Person, Person]:
    """Secretary, camat and the unit's operator, with a confidential task on the screens of the latter."""
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman", "Budi")
    operator = await cast.pelaksana("Air Joman", "Operator")
    await cast.directive("memeriksa aset SANDI", ["Air Joman"], due=DUE, priority=Priority.RAHASIA)
    assert "SANDI" in operator.reads()
    return secretary, camat, operator


async def test_the_card_of_somebody_whose_access_was_revoked_tells_nothing_new(cast: Cast) -> None:
    secretary, camat, operator = await a_secret_task(cast)
    await revoke(cast, secretary, operator)
    operator.reads()
    await camat.says("sudah 45%, terkendala sengketa batas", reply_to=camat.sees("SANDI"))
    assert "45" in camat.reads()
    assert operator.reads() == ""
    operator.does_not_see("45")


async def test_the_card_of_a_post_that_ended_tells_nothing_new_and_those_of_the_other_post_do(cast: Cast) -> None:
    secretary, camat, operator = await a_secret_task(cast)
    code = await link_from(cast, secretary, "Camat Meranti")
    await operator.says(f"/start {code}")
    await operator.presses("✅ Benar")
    _, (task,) = await cast.directive("mendata sawah MERANTI", ["Meranti"], due=DUE)
    await end_post(cast, secretary, operator, "Camat Air Joman")
    await camat.says("sudah 45%, terkendala sengketa batas", reply_to=camat.sees("SANDI"))
    operator.does_not_see("45")
    await operator.presses_data(f"1:accept:{task}", operator.sees("MERANTI"))
    assert "Diterima" in operator.sees("MERANTI").text


async def test_a_former_secretary_reads_no_report_that_is_handed_in_later(cast: Cast) -> None:
    secretary, camat, _ = await a_secret_task(cast)
    former = await cast.sekretariat("Mantan")
    await camat.sends_photo("sudah 100% selesai", reply_to=camat.sees("SANDI"))
    assert "SANDI" in former.reads()
    await revoke(cast, secretary, former)
    former.reads()
    await secretary.presses("↩️ Kembalikan")
    await secretary.says("batasnya belum jelas")
    assert former.reads() == ""


async def test_what_still_waits_for_somebody_is_not_sent_after_the_revocation(cast: Cast) -> None:
    secretary, _, operator = await a_secret_task(cast)
    member = await cast.member_row(operator)
    async with cast.database.writing() as session:
        session.add(Outgoing(chat_id=operator.telegram_id, member_id=member.id, kind="reminder", method="sendMessage",
                             payload={"text": "ingat SANDI"}, created_at=cast.clock.now(),
                             not_before=cast.clock.now() + timedelta(hours=1)))  # fmt: skip
        session.add(PaperOrder(kind="rapor", about={"unit": "12.09.09"}, member_id=member.id,
                               chat_id=operator.telegram_id, asked_at=cast.clock.now()))  # fmt: skip
    await revoke(cast, secretary, operator)
    operator.reads()
    await cast.time_passes(hours=2)
    assert operator.reads() == ""
    async with cast.database.reading() as session:
        states = select(Outgoing.state).where(Outgoing.kind == "reminder", Outgoing.chat_id == operator.telegram_id)
        assert set(await session.scalars(states)) == {OutboxState.FAILED}
        assert list(await session.scalars(select(PaperOrder.state).where(PaperOrder.kind == "rapor"))) == [
            OrderState.CANCELLED
        ]


async def test_a_link_made_before_a_revocation_does_not_let_the_same_person_back_in(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    first = await link_from(cast, secretary, "Camat Air Joman")
    spare = await link_from(cast, secretary, "Camat Air Joman")
    other = await link_from(cast, secretary, "Camat Meranti")
    camat = cast.stranger("Budi")
    await camat.says(f"/start {first}")
    await camat.presses("✅ Benar")
    await camat.says(f"/start {other}")
    asked = camat.sees("Camat Meranti")
    await cast.time_passes(hours=1)
    await revoke(cast, secretary, camat)
    for code in (spare, other):
        await camat.says(f"/start {code}")
        assert "tidak berlaku" in camat.reads()
    # Neither does the question that was on the screen already.
    await camat.presses_data(asked.buttons[0]["callback_data"], asked)
    assert (await cast.member_row(camat)).roles == set()
    # Somebody else comes in by it, and the same person by a new one.
    successor = cast.stranger("Sri")
    await successor.says(f"/start {spare}")
    await successor.presses("✅ Benar")
    assert "Selamat datang" in successor.reads()
    await camat.says(f"/start {await link_from(cast, secretary, 'Camat Rawang Panca Arga')}")
    await camat.presses("✅ Benar")
    assert "Selamat datang" in camat.reads()


async def test_a_link_for_a_post_that_ended_since_does_not_give_it_back(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman", "Budi")
    await cast.member(Role.PEMANTAU, None, "Lain")
    spare = await link_from(cast, secretary, "Camat Air Joman")
    again = await link_from(cast, secretary, "pemantau")
    await camat.says(f"/start {again}")
    await camat.presses("✅ Benar")
    await cast.time_passes(hours=1)
    await end_post(cast, secretary, camat, "Camat Air Joman")
    await camat.says(f"/start {spare}")
    assert "tidak berlaku" in camat.reads()
    assert (await cast.member_row(camat)).roles == {Role.PEMANTAU}


async def test_the_links_of_somebody_who_may_not_invite_any_more_are_void(cast: Cast) -> None:
    admin, former = await cast.member(Role.ADMIN, None, "Admin"), await cast.sekretariat("Mantan")
    code, other = await link_from(cast, former, "sekretariat"), await link_from(cast, former, "Camat Air Joman")
    accomplice, camat = cast.stranger("Kawan"), cast.stranger("Budi")
    await camat.says(f"/start {other}")
    await camat.presses("✅ Benar")
    assert "Selamat datang" in camat.reads(), "as long as the inviter may invite"
    await accomplice.says(f"/start {code}")
    asked = accomplice.sees("Sekretariat")
    await revoke(cast, admin, former)
    await accomplice.presses_data(asked.buttons[0]["callback_data"], asked)
    await accomplice.says(f"/start {code}")
    assert "tidak berlaku" in accomplice.reads()
    async with cast.database.reading() as session:
        serving = select(func.count()).select_from(Holding).where(Holding.until.is_(None))
        assert await session.scalar(serving) == 2, "the admin and the camat"


async def test_everybody_who_may_invite_hears_of_a_powerful_newcomer(cast: Cast) -> None:
    """Whoever invites himself under another name, or a friend, can't do it unseen."""
    admin, secretary = await cast.member(Role.ADMIN, None, "Admin"), await cast.sekretariat()
    inviter, camat = await cast.sekretariat("Lain"), await cast.pelaksana("Meranti")
    newcomer = cast.stranger("Kawan")
    await newcomer.says(f"/start {await link_from(cast, inviter, 'sekretariat')}")
    await newcomer.presses("✅ Benar")
    for person in (admin, secretary, inviter):
        assert "Kawan telah bergabung sebagai Sekretariat" in person.reads()
    assert "Kawan" not in camat.reads()
    ordinary = cast.stranger("Budi")
    await ordinary.says(f"/start {await link_from(cast, inviter, 'Camat Air Joman')}")
    await ordinary.presses("✅ Benar")
    assert "Budi telah bergabung" in inviter.reads()
    assert "Budi" not in secretary.reads() + admin.reads()


async def test_of_two_who_use_one_link_at_the_same_moment_one_comes_in(cast: Cast) -> None:
    """Both had read the link as unused: two processes on PostgreSQL deal with two chats at the same time."""
    async with cast.database.writing() as session:
        code = await make_invite(session, await post_for(session, Role.SEKRETARIAT, None), now=cast.clock.now())
    async with cast.database.reading() as session:
        seen = await invite_with_code(session, code)
    assert seen is not None
    assert seen.is_open(cast.clock.now())
    taken = []
    for _ in range(2):
        async with cast.database.writing() as session:
            taken.append(await claim(session, seen, cast.clock.now()))
    assert taken == [True, False]
