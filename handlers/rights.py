"""Who may do what, on whose tasks: the one table that every route goes through."""

from __future__ import annotations

from enum import StrEnum

from models.people import Member, Role


class Scope(StrEnum):
    ALL = "all"
    OWN = "own"
    """Only on tasks of the units whose posts the person holds."""


class Deed(StrEnum):
    """What a command or button does."""

    TALK = "talk"
    """Help, leaving off, answering a question the bot asked: every member."""
    OPEN_MEETING = "open_meeting"
    POST_DIRECTIVE = "post_directive"
    WORK = "work"
    VERIFY = "verify"
    LOOK = "look"
    READ_SUMMARY = "read_summary"
    NOTE = "note"
    EXPORT = "export"
    INVITE = "invite"
    SEE_PEOPLE = "see_people"
    REGISTER_GROUP = "register_group"


RIGHTS: dict[Deed, dict[Role, Scope]] = {
    Deed.TALK: dict.fromkeys(Role, Scope.ALL),
    Deed.OPEN_MEETING: {Role.SEKRETARIAT: Scope.ALL},
    Deed.POST_DIRECTIVE: {Role.SEKRETARIAT: Scope.ALL},
    Deed.WORK: {Role.PELAKSANA: Scope.OWN},
    Deed.VERIFY: {Role.SEKRETARIAT: Scope.ALL},
    Deed.LOOK: {
        Role.SEKRETARIAT: Scope.ALL,
        Role.PIMPINAN: Scope.ALL,
        Role.PEMANTAU: Scope.ALL,
        Role.PELAKSANA: Scope.OWN,
    },
    Deed.READ_SUMMARY: {Role.SEKRETARIAT: Scope.ALL, Role.PIMPINAN: Scope.ALL, Role.PEMANTAU: Scope.ALL},
    Deed.NOTE: {Role.PIMPINAN: Scope.ALL},
    Deed.EXPORT: {Role.SEKRETARIAT: Scope.ALL, Role.PIMPINAN: Scope.ALL},
    Deed.INVITE: {Role.ADMIN: Scope.ALL, Role.SEKRETARIAT: Scope.ALL},
    Deed.SEE_PEOPLE: {Role.ADMIN: Scope.ALL, Role.SEKRETARIAT: Scope.ALL},
    Deed.REGISTER_GROUP: {Role.SEKRETARIAT: Scope.ALL},
}


def scope_of(member: Member, deed: Deed) -> Scope | None:
    """On whose tasks this person may do the deed; None when not at all."""
    granted = {scope for role, scope in RIGHTS[deed].items() if member.has(role)}
    if Scope.ALL in granted:
        return Scope.ALL
    return Scope.OWN if granted else None


def may_invite(member: Member, role: str) -> bool:
    """Whether this person may let somebody in under the role. An admin is let in by an admin."""
    return scope_of(member, Deed.INVITE) is not None and (role != Role.ADMIN or member.has(Role.ADMIN))
