"""Groups: founding them, coming and going of people and of the bot, and the change into a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.actions import bot_membership
from simulator.chats import Chat
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.people import Person
    from simulator.world import World

Json = dict[str, Any]

_SUPERGROUP_OFFSET = -1_000_000_000_000


def create(world: World, chat_id: int, title: str, creator: Person, members: list[Person], with_bot: bool) -> Chat:
    """Found a basic group. The bot, when added at once, is told as when it is added later."""
    header = {"id": chat_id, "title": title, "type": "group"}
    statuses = {creator.id: "creator"} | {person.id: "member" for person in members if person is not creator}
    chat = Chat(chat_id, "group", header, statuses)
    world.chats[chat_id] = chat
    world.post(chat, creator.user, {"group_chat_created": True})
    world.events.publish("chat", chat=shown(chat))
    if with_bot:
        add_bot(world, chat, by=creator)
    return chat


def add_member(world: World, chat: Chat, person: Person, *, by: Person) -> None:
    chat.members[person.id] = "member"
    _tell(world, chat, by.user, {"new_chat_members": [person.user]})


def remove_member(world: World, chat: Chat, person: Person, *, by: Person) -> None:
    """Leave (by oneself) or be removed (by another)."""
    if chat.members.get(person.id, "left") in ("left", "kicked"):
        raise Refused("Orang itu bukan anggota grup ini.", 404)
    chat.members[person.id] = "left" if by is person else "kicked"
    _tell(world, chat, by.user, {"left_chat_member": person.user})


def add_bot(world: World, chat: Chat, *, by: Person, administrator: bool = False) -> None:
    """`by` adds the bot: an update my_chat_member and a message about the new member."""
    status = "administrator" if administrator else "member"
    old = "left" if chat.bot_status == "never" else chat.bot_status
    chat.bot_status = status
    world.updates.push("my_chat_member", bot_membership(world, chat, by.user, old, status), chat.id)
    _tell(world, chat, by.user, {"new_chat_members": [world.bot]})


def remove_bot(world: World, chat: Chat, *, by: Person) -> None:
    """`by` removes the bot; it gets the news and then nothing more."""
    old = chat.bot_status
    if old not in ("member", "administrator"):
        raise Refused("Bot bukan anggota grup ini.", 404)
    _tell(world, chat, by.user, {"left_chat_member": world.bot})
    chat.bot_status = "kicked"
    world.updates.push("my_chat_member", bot_membership(world, chat, by.user, old, "kicked"), chat.id)


def bot_leaves(world: World, chat: Chat) -> None:
    """The bot goes by itself (leaveChat)."""
    old, chat.bot_status = chat.bot_status, "left"
    world.post(chat, world.bot, {"left_chat_member": world.bot}, from_bot=True)
    world.updates.push("my_chat_member", bot_membership(world, chat, world.bot, old, "left"), chat.id)
    world.events.publish("chat", chat=shown(chat))


def migrate(world: World, chat: Chat) -> Chat:
    """The group becomes a supergroup with a new id; the old one only points to it."""
    if chat.type != "group" or chat.migrated_to is not None:
        raise Refused("Hanya grup biasa yang dapat menjadi supergrup.", 409)
    new_id = _SUPERGROUP_OFFSET - abs(chat.id) % 10_000_000_000
    header = {"id": new_id, "title": chat.header["title"], "type": "supergroup"}
    supergroup = Chat(new_id, "supergroup", header, dict(chat.members), bot_status=chat.bot_status)
    world.chats[new_id] = supergroup
    creator_id = next(user_id for user_id, status in chat.members.items() if status == "creator")
    creator = world.people[creator_id].user
    _tell(world, chat, creator, {"migrate_to_chat_id": new_id})
    chat.migrated_to = new_id
    _tell(world, supergroup, creator, {"migrate_from_chat_id": chat.id})
    return supergroup


def shown(chat: Chat) -> Json:
    """For the page."""
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "member_ids": [user_id for user_id, status in chat.members.items() if status not in ("left", "kicked")],
        "bot_member": chat.bot_status in ("member", "administrator"),
        "migrated_to": chat.migrated_to,
        "pinned": chat.pinned,
        "last_message_id": next(reversed(chat.messages), 0),
    }


def _tell(world: World, chat: Chat, by: Json, content: Json) -> None:
    """A service message, which the bot sees whenever it is a member."""
    message = world.post(chat, by, content)
    if chat.bot_status in ("member", "administrator"):
        world.updates.push("message", message.body, chat.id)
    world.events.publish("chat", chat=shown(chat))
