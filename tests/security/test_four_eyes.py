"""Nobody verifies what he reported, by whichever of his posts; and what is verified is what was read."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models.assignments import Assignment, Status
from models.people import Member, Role, invite_with_code, join, make_invite, post_for
from models.reports import Extension
from models.units import Unit
from tests.cast import Cast, Person, wib

DUE = wib("2026-01-30 16:00")


async def gains(cast: Cast, person: Person, role: Role, unit: str | None = None) -> None:
    """A further post for somebody who is in already."""
    async with cast.database.writing() as session:
        post = await post_for(session, role, await session.get(Unit, unit) if unit else None)
        invite = await invite_with_code(session, await make_invite(session, post, now=cast.clock.now()))
        assert invite is not None
        await join(session, invite, telegram_id=person.telegram_id, name=person.name, now=cast.clock.now())


async def status(cast: Cast, task: int) -> str:
    async with cast.database.reading() as session:
        return (await session.get_one(Assignment, task)).status


async def test_whoever_reported_does_not_verify_although_another_handed_it_in(cast: Cast) -> None:
    secretary, other = await cast.sekretariat("Sekretaris"), await cast.sekretariat("Lain")
    camat = await cast.pelaksana("Air Joman", "Camat")
    await gains(cast, secretary, Role.PELAKSANA, "12.09.09")
    _, (task,) = await cast.directive("mendata sawah", ["Air Joman"], due=DUE)
    await secretary.sends_photo("sudah 90%", reply_to=secretary.sees("mendata sawah"))
    await camat.presses_data(f"1:finish:{task}", camat.sees("mendata sawah"))
    assert await status(cast, task) == Status.SUBMITTED
    # Also not when the post in the unit was given up in between.
    for gives_up in (False, True):
        if gives_up:
            async with cast.database.writing() as session:
                query = select(Member).where(Member.telegram_id == secretary.telegram_id)
                for holding in (await session.scalars(query)).one().holdings:
                    holding.until = cast.clock.now() if holding.post.role == Role.PELAKSANA else None
        for verb in ("approve", "return_for"):
            answer = await secretary.presses_data(f"1:{verb}:{task}:0", secretary.last)
            assert "tidak dapat diverifikasi sendiri" in answer, (verb, gives_up)
    await secretary.presses_data(f"1:return:{task}", secretary.last)
    await secretary.says("kurang lengkap")
    assert "tidak dapat diverifikasi sendiri" in secretary.reads()
    assert await status(cast, task) == Status.SUBMITTED
    await other.presses_data(f"1:approve:{task}", other.last)
    assert await status(cast, task) == Status.DONE


async def test_a_unit_does_not_verify_its_own_task_by_another_of_its_people(cast: Cast) -> None:
    camat, operator = await cast.pelaksana("Air Joman", "Camat"), await cast.pelaksana("Air Joman", "Operator")
    await cast.sekretariat()
    await gains(cast, operator, Role.SEKRETARIAT)
    _, (task,) = await cast.directive("mendata sawah", ["Air Joman"], due=DUE)
    await camat.presses("⏳ Perpanjangan")
    await camat.says("sampai 10 Februari karena lahan tergenang")
    async with cast.database.reading() as session:
        request = (await session.scalars(select(Extension.id))).one()
    assert "tidak dapat diputuskan sendiri" in await operator.presses_data(f"1:grant:{request}", operator.last)
    await camat.sends_photo("selesai 100%", reply_to=camat.sees("mendata sawah"))
    assert "tidak dapat diverifikasi sendiri" in await operator.presses_data(f"1:approve:{task}", operator.last)
    assert await status(cast, task) == Status.SUBMITTED
    async with cast.database.reading() as session:
        assert (await session.get_one(Extension, request)).granted is None


async def test_a_report_that_changes_while_it_waits_changes_on_the_verifiers_desk(cast: Cast) -> None:
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman", "Camat")
    await cast.directive("mendata sawah", ["Air Joman"], due=DUE)
    written = await camat.sends_photo("selesai 100%, 12 titik", reply_to=camat.sees("mendata sawah"))
    assert "12 titik" in secretary.sees("Menunggu verifikasi").text
    cast.clock.at += timedelta(minutes=20)
    await camat.edits(written, "selesai 100%, sebenarnya 3 titik")
    shown = secretary.sees("Menunggu verifikasi").text
    assert "3 titik" in shown
    assert "12 titik" not in shown
    await camat.says("tambahan: daftar hadir menyusul", reply_to=camat.sees("mendata sawah"))
    assert "daftar hadir" in secretary.sees("Menunggu verifikasi").text
    await camat.sends_photo(reply_to=camat.sees("mendata sawah"))
    assert "2 foto" in secretary.sees("Menunggu verifikasi").text
    await camat.presses("🗑 Tarik laporan")
    assert "1 foto" in secretary.sees("Menunggu verifikasi").text


async def test_what_was_verified_is_not_changed_by_editing_the_message(cast: Cast) -> None:
    secretary, camat = await cast.sekretariat(), await cast.pelaksana("Air Joman", "Camat")
    _, (task,) = await cast.directive("mendata sawah", ["Air Joman"], due=DUE)
    written = await camat.sends_photo("selesai 100%, 12 titik", reply_to=camat.sees("mendata sawah"))
    await secretary.presses("✅ Setujui")
    await camat.edits(written, "baru 10%")
    assert "sudah selesai diverifikasi" in camat.reads()
    await secretary.presses_data(f"1:look_task:{task}", secretary.last)
    assert "12 titik" in secretary.sees("mendata sawah").text
    secretary.does_not_see("baru 10%")
