"""Command menus: which list of commands a person sees, by scope and language as Telegram resolves them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ScopeKey = tuple[str, int, int, str]


def scope_key(scope: Json | None, chat_id: int | None, language: str) -> ScopeKey:
    """(type, chat id or 0, user id or 0, language)."""
    scope = scope or {"type": "default"}
    return scope["type"], chat_id or 0, int(scope.get("user_id", 0)), language


@dataclass(slots=True)
class CommandMenus:
    """Lists of BotCommand by scope."""

    lists: dict[ScopeKey, list[Json]] = field(default_factory=dict)

    def seen_in(self, chat_id: int, user_id: int, language: str, admin: bool = False) -> list[Json]:
        """The commands shown to this person in this chat."""
        private = chat_id > 0
        scopes: list[tuple[str, int, int]] = [("chat_member", chat_id, user_id)] if not private else []
        if not private and admin:
            scopes.append(("chat_administrators", chat_id, 0))
        scopes.append(("chat", chat_id, 0))
        if not private and admin:
            scopes.append(("all_chat_administrators", 0, 0))
        scopes.append(("all_private_chats" if private else "all_group_chats", 0, 0))
        scopes.append(("default", 0, 0))
        for kind, chat, user in scopes:
            for spoken in (language, ""):
                commands = self.lists.get((kind, chat, user, spoken))
                if commands:
                    return commands
        return []
