"""What was done stays on record: nobody changes the audit, not even the program by mistake."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from models.database import Database
from models.records import AuditEntry, audit_unlocked
from tests.cast import wib

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
