"""What was done stays on record: every deed leaves who, what and by which update, and nobody changes that afterwards."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from handlers import COMMANDS, PRESSES, STEPS
from handlers.rights import scope_of
from models.database import Database
from models.meetings import Group
from models.records import AuditEntry, audit_unlocked
from tests.cast import Cast, wib
from tests.security.stage import GROUP, OWN, OWN_REPORT, PENDING_REPORT, Stage

FACTS = frozenset(
    """members holdings posts invites meetings minutes directives assignments reports evidence verifications extensions
    notes warning_letters report_cards unit_aliases groups""".split()
)
"""The tables that say what was asked, done and decided, and who may. Mail, dialogues and orders are the way there."""
PREPARING = frozenset(
    """drafts_page draft drafts_change draft_fields draft_choose draft_lead draft_programme draft_priority
    draft_unit_is draft_due_right draft_reword draft_ignore draft_ask draft_group draft_due draft_fix drafts_complete
    drafts_overlooked drafts_day draft_drop""".split()
)
"""Going through a draft that nobody has seen but its author: what is sent in the end is on record."""
GIVEN = (
    (OWN,), (1002,), (1004,), (1004, 0), (1005,), (151, 1), (5001,), (5002,), (4001,), (2002, 50),
    (2002, 1005), (PENDING_REPORT, 1002), (6001,), (6,), ("12.09.08",),
)  # fmt: skip
ACTORS = ("camat lain", "sekretariat", "bupati")
WORDS = (
    "60",
    "Rakorpem Februari, 20 Februari 2026, Aula",
    "sampai 10 Februari karena banjir di tiga desa",
    "Air Joman",
)
ABOUT: dict[str, Any] = {"assignment": OWN, "report": OWN_REPORT, "extension": 4001, "directive": 101, "minutes": 5001, "draft": 151,
         "meeting": 6001, "unit": "12.09.09", "what": "due", "until": "2026-02-10T16:00:00+07:00", "has_time": False}  # fmt: skip

NOW = wib("2026-01-23 10:00")


async def an_entry(database: Database) -> None:
    async with database.writing() as session:
        session.add(AuditEntry(at=NOW, deed="approve", subject="assignment:7", after={"reason": "lengkap"}))


async def forget_and_fail(database: Database) -> None:
    async with database.writing() as session, audit_unlocked(session):
        await session.execute(delete(AuditEntry))
        raise ZeroDivisionError


async def deeds(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.scalars(select(AuditEntry.deed)))


async def test_an_audit_entry_cannot_be_changed_or_removed(database: Database) -> None:
    await an_entry(database)
    for statement in (update(AuditEntry).values(deed="accept"), delete(AuditEntry)):
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.writing() as session:
                await session.execute(statement)
    if not database.is_sqlite:
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.writing() as session:
                await session.execute(text("truncate audit"))
    assert await deeds(database) == ["approve"]


async def test_the_guard_is_back_after_forgetting_somebody_and_after_failing_to(database: Database) -> None:
    await an_entry(database)
    async with database.writing() as session, audit_unlocked(session):
        await session.execute(update(AuditEntry).values(after=None))
    with pytest.raises(ZeroDivisionError):
        await forget_and_fail(database)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.writing() as session:
            await session.execute(delete(AuditEntry))
    assert await deeds(database) == ["approve"]


class TestEveryDeed:
    """Everything anybody may press or write is tried; whatever changed a fact must have left its entry."""

    @pytest.fixture
    def database_url(self, sqlite_url: str) -> str:
        return sqlite_url

    async def test_no_button_changes_a_fact_unrecorded(self, stage: Stage) -> None:
        changed, unrecorded = set(), set()
        members = {name: await stage.cast.member_row(stage.people[name]) for name in ACTORS}
        for press, name in itertools.product(PRESSES, ACTORS):
            for arguments in GIVEN if press.verb not in PREPARING and scope_of(members[name], press.deed) else ():
                person = stage.people[name]
                attempt = await stage.presses(person, ":".join(["1", press.verb, *map(str, arguments)]))
                if not attempt.answers[0].get("show_alert") and FACTS.intersection(attempt.changed):
                    changed.add(press.verb)
                    told = [deed for deed in attempt.deeds if not deed.startswith(("forbidden", "refused"))]
                    if not told:
                        unrecorded.add((press.verb, *attempt.changed))
        assert unrecorded == set()
        expected = """approve return_for grant drafts_send drafts_discard drafts_restore end_holding revoke_yes withdraw
            is_about is_none move_to percent_is finish_bare explain_usual"""
        assert set(expected.split()) <= changed  # fmt: skip

    async def test_no_word_changes_a_fact_unrecorded(self, stage: Stage) -> None:
        changed, unrecorded = set(), set()
        for name in ("camat", "sekretariat", "bupati"):
            person, member = stage.people[name], await stage.cast.member_row(stage.people[name])
            may = [one for one in COMMANDS if scope_of(member, one.deed) is not None]
            attempts: list[tuple[str, str | None]] = [(f"/{one.name} {words}", None) for one in may for words in WORDS]
            attempts += [(words, None) for words in WORDS]
            attempts += [(words, one.name) for one in STEPS if scope_of(member, one.deed) for words in WORDS]
            for words, step in attempts:
                done = await stage.says(person, words, step=step, **(ABOUT if step else {}))
                if FACTS.intersection(done.changed):
                    changed.add(step or words.split()[0])
                    told = [deed for deed in done.deeds if not deed.startswith(("forbidden", "refused"))]
                    if not told and step not in ("drafts", "draft_field"):
                        unrecorded.add((step or words.split()[0], *done.changed))
        assert unrecorded == set()
        assert {
            "/rapat",
            "/arahan",
            "report",
            "extension",
            "meeting_new",
            "meeting_change",
            "issued_change",
            "60",
        } <= changed


async def memberships(cast: Cast, person: dict[str, object], status: str) -> int:
    number = cast.next_id()
    change = {"chat": {"id": GROUP, "type": "supergroup", "title": "Camat"}, "from": person, "date": cast.unix_time(),
              "old_chat_member": {"status": "left", "user": cast.bot_user},
              "new_chat_member": {"status": status, "user": cast.bot_user}}  # fmt: skip
    raw = {"update_id": number, "my_chat_member": change}
    async with cast.database.writing() as session:
        await cast.application.handle(session, raw)
    return number


async def test_what_becomes_of_a_group_is_on_record(cast: Cast) -> None:
    secretary = await cast.sekretariat()
    updates = [await memberships(cast, secretary.user, "member"), await memberships(cast, secretary.user, "left")]
    await memberships(cast, secretary.user, "member")
    moved = {"message_id": 1, "date": cast.unix_time(), "from": secretary.user, "migrate_to_chat_id": GROUP - 1,
             "chat": {"id": GROUP, "type": "group", "title": "Camat"}}  # fmt: skip
    await cast.receives({"message": moved})
    async with cast.database.reading() as session:
        entries = list(await session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
        assert [one.deed for one in entries] == ["register_group", "left_group", "register_group", "group_moved"]
        assert [one.update_id for one in entries[:2]] == updates
        assert all(one.update_id and one.telegram_id == secretary.telegram_id for one in entries)
        assert (await session.scalars(select(Group.chat_id))).one() == GROUP - 1
