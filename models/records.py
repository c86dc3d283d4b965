"""What is kept for ever: who did what, which occasions have passed, which figures the Bupati was sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, Date, ForeignKey, event, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, TelegramId


class AuditEntry(Base):
    """One deed: who, what, on what, before and after, by which update. Rows are only ever added."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    telegram_id: Mapped[int | None] = mapped_column(TelegramId)
    update_id: Mapped[int | None] = mapped_column(TelegramId)
    deed: Mapped[str]
    subject: Mapped[str | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


GUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$",
        "CREATE TRIGGER audit_no_update BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
    ),
}
"""What makes the database itself refuse to change the audit table, by dialect; the migration creates the same."""

UNGUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgresql": ("DROP TRIGGER audit_no_update ON audit", "DROP TRIGGER audit_no_truncate ON audit"),
}

for _dialect, _statements in GUARDS.items():
    for _statement in _statements:
        event.listen(AuditEntry.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


@asynccontextmanager
async def audit_unlocked(session: AsyncSession) -> AsyncIterator[None]:
    """Let the block rewrite audit entries, in the session's transaction. Only for forgetting a person, which the law asks."""
    dialect = session.get_bind().dialect.name
    for statement in UNGUARDS[dialect]:
        await session.execute(text(statement))
    yield
    await session.flush()
    for statement in GUARDS[dialect]:
        await session.execute(text(statement))


class Occasion(Base):
    """Something that happens once: its key is unique, so a tick that runs twice or late does it once."""

    __tablename__ = "occasions"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Summary(Base):
    """The weekly picture as it was sent: nothing of it changes afterwards. `week` is "2026-W05".

    `figures` are the counts (see models.standing.Standing.snapshot), `view` is all that the picture and the paper show.
    """

    __tablename__ = "summaries"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str] = mapped_column(unique=True)
    as_of: Mapped[datetime]
    monday: Mapped[date] = mapped_column(Date)
    figures: Mapped[dict[str, Any]]
    view: Mapped[dict[str, Any]]


async def first_time(session: AsyncSession, key: str, now: datetime) -> bool:
    """Whether this occasion has not been dealt with yet; from now on it has, if the transaction commits."""
    if await session.get(Occasion, key) is not None:
        return False
    session.add(Occasion(key=key, at=now))
    await session.flush()
    return True
