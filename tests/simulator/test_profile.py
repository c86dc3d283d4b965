"""Command menus and what the bot says about itself."""

from __future__ import annotations

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from simulator import Person, RunningSimulator

BANTUAN = BotCommand("bantuan", "apa yang dapat dilakukan")
TUGAS = BotCommand("tugas", "tugas saya")


def _menu(person: Person) -> list[str]:
    return [command["command"] for command in person.shown()["commands"]]


async def test_each_role_sees_its_own_menu(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    await bot.set_my_commands([BANTUAN])
    await bot.set_my_commands([BANTUAN, TUGAS], scope=BotCommandScopeChat(camat.id))
    bupati = sim.world.add_person("Bupati")
    assert _menu(camat) == ["bantuan", "tugas"]
    assert _menu(bupati) == ["bantuan"]
    assert await bot.get_my_commands(scope=BotCommandScopeChat(camat.id)) == (BANTUAN, TUGAS)
    await bot.delete_my_commands(scope=BotCommandScopeChat(camat.id))
    assert _menu(camat) == ["bantuan"]


async def test_own_language_comes_first(bot: Bot, camat: Person) -> None:
    await bot.set_my_commands([BANTUAN])
    await bot.set_my_commands([TUGAS], language_code="id")
    assert _menu(camat) == ["tugas"]


async def test_group_menu_is_not_for_private_chats(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    await bot.set_my_commands([TUGAS], scope=BotCommandScopeAllGroupChats())
    assert _menu(camat) == []
    group = sim.world.add_group("Rakorpem", camat, with_bot=True)
    assert sim.world.menus.seen_in(group.id, camat.id, "id") == [{"command": "tugas", "description": "tugas saya"}]


async def test_menus_telegram_refuses(bot: Bot, sim: RunningSimulator) -> None:
    stranger = sim.world.add_person("Orang lain")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([TUGAS], scope=BotCommandScopeChat(stranger.id))
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Tugas-ku", "tugas")])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await bot.set_my_commands([BotCommand("tugas", " ")])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([BotCommand(f"tugas{number}", "tugas") for number in range(101)])


async def test_descriptions_and_menu_button(bot: Bot, sim: RunningSimulator, camat: Person) -> None:
    await bot.set_my_description("Mengawal arahan sampai selesai.")
    await bot.set_my_short_description("Kawal Arahan", language_code="id")
    assert sim.world.descriptions["description", ""] == "Mengawal arahan sampai selesai."
    with pytest.raises(BadRequest, match="Bot_short_description_invalid"):
        await bot.set_my_short_description("x" * 121)
    await bot.set_chat_menu_button(chat_id=camat.id, menu_button=MenuButtonCommands())
    assert sim.world.menu_buttons[camat.id] == {"type": "commands"}
