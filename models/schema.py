"""The schema's version: the bot brings its own database up to date when it starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from models.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

START_LOCK = 0x4B61776D
MIGRATIONS = Path(__file__).parent.parent / "migrations"


async def upgrade(database: Database) -> None:
    """Run the migrations that the database has not seen yet."""
    if await is_current(database):
        return
    async with database.engine.begin() as connection:
        await alone(connection)
        await connection.run_sync(run_migrations, "head")


async def is_current(database: Database) -> bool:
    """Whether there is nothing to migrate."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(version) == newest()


async def alone(connection: AsyncConnection | AsyncSession) -> None:
    """Let one process at a time go on from here to the end of its transaction: several may start at once."""
    bind = connection.get_bind() if isinstance(connection, AsyncSession) else connection
    if bind.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(START_LOCK)))


def run_migrations(connection: Connection, to: str) -> None:
    """Go up or down to a revision: "head", "base", or an id."""
    from alembic import command

    config = alembic_config(connection)
    known = version(connection)
    if to == "base" or (known is not None and to != "head" and to < known):
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)


def alembic_config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    return config


def version(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def newest() -> str:
    """The newest revision: migration files are named by their running number ("0001_…")."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
