"""People come in by a single-use link, and nobody else learns anything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from models.people import Capacity, Invite, Member, Role, make_invite, post_for
from models.units import Unit
from tests.cast import Cast


async def invite(cast: Cast, role: Role, unit: str | None = None, capacity: Capacity = Capacity.DEFINITIF) -> str:
    async with cast.database.writing() as session:
        post = await post_for(session, role, await session.get(Unit, unit) if unit else None)
        return await make_invite(session, post, now=cast.clock.now(), capacity=capacity)


async def count(cast: Cast, what: type) -> int:
    async with cast.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def test_a_newcomer_confirms_the_post_and_the_inviter_is_told(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await secretary.says("/undang Camat Air Joman")
    await cast.papers_are_made()
    card = secretary.sees("Undangan sebagai Camat Air Joman")
    assert card.method == "sendPhoto"
    code = card.text.split("?start=")[1].split()[0]
    camat = cast.stranger("Budi Santoso")
    await camat.says(f"/start {code}")
    assert "Bapak/Ibu bergabung sebagai Camat Air Joman" in camat.reads()
    await camat.presses("✅ Benar")
    assert "Selamat datang, Camat Air Joman" in camat.reads()
    assert "Budi Santoso telah bergabung sebagai Camat Air Joman" in secretary.reads()
    member = await cast.member_row(camat)
    assert (member.title, member.unit_codes) == ("Camat Air Joman", {"12.09.09"})
    other = cast.stranger()
    await other.says(f"/start {code}")
    assert "sudah terpakai" in other.reads()


async def test_the_command_menu_is_that_of_the_role(cast: Cast) -> None:
    camat = cast.stranger()
    await camat.says(f"/start {await invite(cast, Role.PELAKSANA, '12.09.09')}")
    await camat.presses("✅ Benar")
    menu = next(payload for chat, method, payload in cast.calls if method == "setMyCommands")
    assert [command["command"] for command in menu["commands"]] == ["tugas", "lapor", "pantau", "rapor", "bantuan",
                                                                  "batal"]  # fmt: skip
    assert menu["scope"] == {"type": "chat", "chat_id": camat.telegram_id}


async def test_bukan_saya_leaves_the_invite_open(cast: Cast) -> None:
    code = await invite(cast, Role.SEKRETARIAT)
    wrong = cast.stranger()
    await wrong.says(f"/start {code}")
    await wrong.presses("❌ Bukan saya")
    assert "tidak didaftarkan" in wrong.reads()
    assert await count(cast, Member) == 0
    right = cast.stranger()
    await right.says(f"/start {code}")
    await right.presses("✅ Benar")
    assert "Selamat datang" in right.reads()


async def test_a_guessed_invite_number_lets_nobody_in(cast: Cast) -> None:
    await invite(cast, Role.ADMIN)
    stranger = cast.stranger()
    await stranger.says("/start")
    shown = stranger.last
    assert "terpakai" in await stranger.presses_data("1:join:1", shown)
    assert await count(cast, Member) == 0


async def test_a_stranger_learns_only_whom_to_ask(cast: Cast) -> None:
    await cast.sekretariat()
    stranger = cast.stranger()
    for words in ("/start", "halo", "/tugas", "/pantau sawit", "/bantuan"):
        await stranger.says(words)
        answer = stranger.reads()
        assert "mohon minta tautan undangan kepada Sekretariat" in answer
        assert "/" not in answer.replace("Bapak/Ibu", "")
        await stranger.says("halo?")
        assert stranger.reads() == "", "one reply a day"
        cast.clock.at += timedelta(days=1)


async def test_five_wrong_codes_and_that_person_is_ignored_for_an_hour(cast: Cast) -> None:
    code = await invite(cast, Role.SEKRETARIAT)
    guesser = cast.stranger()
    for attempt in range(5):
        await guesser.says(f"/start wrong{attempt}")
        assert "tidak dikenal" in guesser.reads()
    await guesser.says(f"/start {code}")
    assert guesser.reads() == ""
    cast.clock.at += timedelta(minutes=61)
    await guesser.says(f"/start {code}")
    assert "Bapak/Ibu bergabung sebagai" in guesser.reads()


async def test_a_code_dies_after_seven_days_and_is_kept_only_as_a_hash(cast: Cast) -> None:
    code = await invite(cast, Role.SEKRETARIAT)
    assert len(code) == 32
    async with cast.database.reading() as session:
        kept = (await session.scalars(select(Invite))).one()
        assert code not in str(vars(kept))
    cast.clock.at += timedelta(days=7, seconds=1)
    late = cast.stranger()
    await late.says(f"/start {code}")
    assert "kedaluwarsa" in late.reads()


async def test_the_first_admin_needs_no_confirmation(cast: Cast) -> None:
    admin = cast.stranger("Diskominfo")
    await admin.says(f"/start {await invite(cast, Role.ADMIN)}")
    assert "Selamat datang, Admin Kawal" in admin.reads()


async def test_whoever_joins_later_gets_the_tasks_of_the_post(cast: Cast) -> None:
    await cast.sekretariat()
    await cast.directive("Mendata lahan cetak sawah", ["Kecamatan Air Joman"])
    operator = cast.stranger("Operator")
    await operator.says(f"/start {await invite(cast, Role.PELAKSANA, '12.09.09', Capacity.OPERATOR)}")
    await operator.presses("✅ Benar")
    assert "Operator Camat Air Joman" in operator.sees("Selamat datang").text
    operator.sees("Mendata lahan cetak sawah")


async def test_all_units_are_invited_at_once_on_paper(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await cast.pelaksana("Air Joman")
    await secretary.says("/undang")
    await secretary.presses("📄 Semua camat")
    await cast.papers_are_made()
    sheet = secretary.sees("24 undangan sekali pakai")
    path = Path(cast.settings.files.directory, sheet.payload["document"]["$file"])
    assert path.read_bytes().startswith(b"%PDF")
    assert await count(cast, Invite) == 2 + 24


async def test_pengguna_shows_whom_no_message_reaches_and_revokes(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    camat = await cast.pelaksana("Air Joman", "Budi")
    async with cast.database.writing() as session:
        row = await session.get(Member, (await cast.member_row(camat)).id)
        assert row is not None
        row.reachable, row.unreachable_since = False, cast.clock.now()
    await secretary.says("/pengguna")
    text = secretary.reads()
    assert "Pesan tidak sampai" in text
    assert "Budi, Camat Air Joman" in text
    await secretary.presses("📵 Budi")
    await secretary.presses("🚫 Cabut akses")
    await secretary.presses("🚫 Ya, cabut")
    await camat.says("/tugas")
    assert "mohon minta tautan undangan" in camat.reads()


async def test_only_an_admin_invites_admins(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await secretary.says("/undang admin")
    assert "hanya dapat dibuat oleh admin" in secretary.reads()


async def test_a_unit_that_is_not_known_is_asked_again(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await secretary.says("/undang Dinas Antariksa")
    assert "belum kami kenal" in secretary.reads()
    assert await count(cast, Invite) == 1


async def test_the_bot_leaves_a_group_that_nobody_registered_adds_it_to(cast: Cast) -> None:
    stranger = cast.stranger()
    await cast.receives(added_to_group(cast, stranger.user, -100200))
    assert [method for chat, method, _ in cast.calls if chat == -100200] == ["sendMessage", "leaveChat"]


async def test_the_secretariat_adds_the_bot_to_the_group_of_the_meeting(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await cast.receives(added_to_group(cast, secretary.user, -100300))
    assert "Kawal siap di grup ini" in cast.screens[-100300].messages[-1].text
    stranger = cast.stranger()
    before = len(cast.calls)
    await stranger.says("/bantuan", chat=-100300)
    await secretary.says("obrolan biasa", chat=-100300)
    assert len(cast.calls) == before, "in a group only commands of members are answered"


def added_to_group(cast: Cast, user: dict, chat_id: int) -> dict:  # type: ignore[type-arg]
    return {
        "my_chat_member": {
            "chat": {"id": chat_id, "type": "supergroup", "title": "Rakorpem"},
            "from": user,
            "date": cast.unix_time(),
            "old_chat_member": {"status": "left", "user": cast.bot_user},
            "new_chat_member": {"status": "member", "user": cast.bot_user},
        }
    }


async def test_a_kind_of_units_is_invited_on_paper(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    await secretary.says("/undang seluruh camat")
    assert secretary.last.labels == ["📄 Semua camat (PDF)"]
    await secretary.presses("📄 Semua camat")
    await cast.papers_are_made()
    secretary.sees("25 undangan sekali pakai")


async def test_a_person_is_found_by_name_or_post(cast: Cast) -> None:
    secretary = await cast.sekretariat("Rina")
    await cast.pelaksana("Air Joman", "Budi Marpaung")
    await cast.pelaksana("Meranti", "Siti Marpaung")
    await secretary.says("/pengguna budi")
    assert "🔁 Akhiri: Camat Air Joman" in secretary.last.labels
    await secretary.says("/pengguna camat meranti")
    assert "Siti Marpaung" in secretary.reads()
    await secretary.says("/pengguna marpaung")
    assert secretary.last.labels == ["Budi Marpaung · Camat Air Joman", "Siti Marpaung · Camat Meranti"]
    await secretary.says("/pengguna Antariksa")
    assert "Tidak ada pengguna" in secretary.reads()


async def test_whoever_leaves_a_post_is_told_and_keeps_no_menu(cast: Cast) -> None:
    secretary = await cast.sekretariat("Rina")
    camat = await cast.pelaksana("Air Joman", "Budi")
    await cast.directive("Mendata lahan", ["Kecamatan Air Joman"])
    await secretary.says("/pengguna budi")
    assert "Tugasnya tetap pada jabatan" in await secretary.presses("🔁 Akhiri: Camat Air Joman")
    told = camat.sees("tidak lagi tercatat sebagai Camat Air Joman").text
    assert "Terima kasih" in told
    assert "Masih tercatat" not in told
    assert (camat.telegram_id, "deleteMyCommands") in [(chat, method) for chat, method, _ in cast.calls]
    assert "hanya untuk anggota" in await camat.presses("✅ Terima")
    successor = await cast.pelaksana("Air Joman", "Siti")
    await successor.says("/tugas")
    assert "Mendata lahan" in successor.reads(), "tasks stay with the post"


async def test_whoever_keeps_another_post_keeps_its_commands(cast: Cast) -> None:
    secretary = await cast.sekretariat("Rina")
    camat = await cast.pelaksana("Air Joman", "Budi")
    await camat.says(f"/start {await invite(cast, Role.PELAKSANA, '12.09.08', Capacity.PLT)}")
    await camat.presses("✅ Benar")
    await secretary.says("/pengguna budi")
    await secretary.presses("🔁 Akhiri: Camat Air Joman")
    assert "Masih tercatat sebagai Plt. Camat Meranti" in camat.last.text
    await camat.says("/tugas")
    assert "tidak ada tugas yang terbuka" in camat.reads()


async def test_a_revoked_person_is_told(cast: Cast) -> None:
    secretary = await cast.sekretariat("Rina")
    camat = await cast.pelaksana("Air Joman", "Budi")
    await secretary.says("/pengguna budi")
    await secretary.presses("🚫 Cabut akses")
    await secretary.presses("🚫 Ya, cabut")
    camat.sees("tidak lagi tercatat sebagai Camat Air Joman")
    assert (camat.telegram_id, "deleteMyCommands") in [(chat, method) for chat, method, _ in cast.calls]
