"""Whom the bot can write to, and what it is told when it cannot."""

from __future__ import annotations

import pytest
from telegram import Bot, ChatMember
from telegram.error import BadRequest, ChatMigrated, Forbidden

from simulator import Person, Refused, RunningSimulator, groups


async def test_nobody_with_that_number(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat_id=77, text="halo")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat_id="@camat_air_joman", text="halo")


async def test_person_who_never_opened_the_bot(bot: Bot, sim: RunningSimulator) -> None:
    camat = sim.world.add_person("Camat")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(chat_id=camat.id, text="halo")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(camat.id)


async def test_person_who_blocked_the_bot(bot: Bot, camat: Person) -> None:
    sent = await bot.send_message(chat_id=camat.id, text="halo")
    camat.block_bot()
    camat.block_bot()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == ChatMember.BANNED
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat_id=camat.id, text="halo")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await sent.edit_text("halo lagi")
    with pytest.raises(Refused, match="diblokir"):
        camat.say("halo")
    camat.unblock_bot()
    update = (await bot.get_updates())[-1]
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == ChatMember.MEMBER
    await bot.send_message(chat_id=camat.id, text="halo")


async def test_starting_again_lifts_the_block(bot: Bot, camat: Person) -> None:
    camat.block_bot()
    camat.start()
    await bot.send_message(chat_id=camat.id, text="halo")


async def test_deleted_account(bot: Bot, camat: Person) -> None:
    camat.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(chat_id=camat.id, text="halo")


async def test_bot_is_added_to_a_group_and_removed(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    sekretariat = sim.world.add_person("Sekretariat")
    group = sim.world.add_group("Rakorpem", sekretariat, [camat], with_bot=True)
    joined, arrived = await bot.get_updates()
    assert joined.my_chat_member is not None
    assert joined.my_chat_member.from_user.id == sekretariat.id
    assert joined.my_chat_member.new_chat_member.status == ChatMember.MEMBER
    assert arrived.message is not None
    assert arrived.message.new_chat_members[0].id == bot.id
    await bot.send_message(chat_id=group.id, text="Rekap")
    assert (await camat.expect("Rekap", chat=group, within=1)).chat_id == group.id
    groups.remove_bot(sim.world, group, by=sekretariat)
    gone = (await bot.get_updates())[-1]
    assert gone.my_chat_member is not None
    assert gone.my_chat_member.new_chat_member.status == ChatMember.BANNED
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(chat_id=group.id, text="Rekap")
    with pytest.raises(Refused, match="Bot bukan anggota"):
        groups.remove_bot(sim.world, group, by=sekretariat)


async def test_group_the_bot_was_never_in(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Lain", camat)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat_id=group.id, text="Rekap")


async def test_bot_leaves_a_group(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Lain", camat, with_bot=True)
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(chat_id=group.id, text="Rekap")
    sim.world.updates.clear()
    camat.say("/tugas", chat=group)
    assert await bot.get_updates() == ()
    with pytest.raises(BadRequest, match="can't be changed in private chats"):
        await bot.leave_chat(camat.id)


async def test_group_becomes_a_supergroup(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Rakorpem", camat, with_bot=True)
    sim.world.updates.clear()
    supergroup = groups.migrate(sim.world, group)
    left, entered = await bot.get_updates()
    assert left.message is not None
    assert left.message.migrate_to_chat_id == supergroup.id
    assert entered.message is not None
    assert entered.message.migrate_from_chat_id == group.id
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(chat_id=group.id, text="Rekap")
    assert migrated.value.new_chat_id == supergroup.id
    sent = await bot.send_message(chat_id=supergroup.id, text="Rekap")
    assert sent.chat.type == "supergroup"
    with pytest.raises(Refused, match="supergrup"):
        camat.say("/tugas", chat=group)
    with pytest.raises(Refused, match="Hanya grup biasa"):
        groups.migrate(sim.world, supergroup)
    groups.remove_bot(sim.world, supergroup, by=camat)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(chat_id=supergroup.id, text="Rekap")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("/pantau", True),
        ("/pantau@kawal_asahan_bot", True),
        ("/pantau@bot_lain", False),
        ("selamat pagi", False),
        ("tolong @kawal_asahan_bot", True),
    ],
)
async def test_privacy_mode_hides_ordinary_talk(
    bot: Bot, sim: RunningSimulator, camat: Person, text: str, seen: bool
) -> None:
    group = sim.world.add_group("Rakorpem", camat, with_bot=True)
    sim.world.updates.clear()
    camat.say(text, chat=group)
    assert bool(await bot.get_updates()) is seen


async def test_replies_to_the_bot_are_seen_in_groups(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Rakorpem", camat, with_bot=True)
    rekap = await bot.send_message(chat_id=group.id, text="Rekap")
    sim.world.updates.clear()
    said = camat.say("sudah", chat=group, reply_to=rekap.message_id)
    camat.say("bukan untuk bot", chat=group, reply_to=said)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "sudah"


async def test_administrators_see_everything(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Rakorpem", camat)
    groups.add_bot(sim.world, group, by=camat, administrator=True)
    sim.world.updates.clear()
    said = camat.say("selamat pagi", chat=group)
    assert len(await bot.get_updates()) == 1
    member = await bot.get_chat_member(group.id, bot.id)
    assert member.status == ChatMember.ADMINISTRATOR
    assert await bot.delete_message(group.id, said.id)


async def test_ordinary_bot_cannot_delete_or_pin_in_a_group(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Rakorpem", camat, with_bot=True)
    said = camat.say("/tugas", chat=group)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, said.id)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(group.id, said.id)


async def test_people_come_and_go(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    group = sim.world.add_group("Rakorpem", camat, with_bot=True)
    bupati = sim.world.add_person("Bupati")
    with pytest.raises(Refused, match="bukan anggota"):
        bupati.say("halo", chat=group)
    sim.world.updates.clear()
    groups.add_member(sim.world, group, bupati, by=camat)
    assert (await bot.get_chat_member(group.id, bupati.id)).status == ChatMember.MEMBER
    bupati.leave_group(group)
    came, went = await bot.get_updates()
    assert came.message is not None
    assert came.message.new_chat_members[0].id == bupati.id
    assert went.message is not None
    assert went.message.left_chat_member is not None
    assert (await bot.get_chat_member(group.id, bupati.id)).status == ChatMember.LEFT
    assert (await bot.get_chat_member(group.id, camat.id)).status == ChatMember.OWNER
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(group.id, 77)
    with pytest.raises(Refused, match="Hanya pesan sendiri"):
        camat.delete(
            camat.screen(group)[0] if camat.screen(group)[0].from_bot else _first_of_bot(sim, group.id), chat=group
        )


def _first_of_bot(sim: RunningSimulator, chat_id: int) -> int:
    chat = sim.world.chat(chat_id)
    return sim.world.post(chat, sim.world.bot, {"text": "Rekap"}, from_bot=True).id
