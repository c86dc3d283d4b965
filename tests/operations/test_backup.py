"""What was backed up comes back whole: on the same engine and on the other, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config import Settings
from console import check
from delivery.leadership import LOCK_CLASS
from delivery.process_lock import ProcessLock
from jobs.backup import archive as archives
from jobs.backup.archive import BackupError, make_backup, prove
from jobs.backup.nightly import NightlyBackup, keep_newest, sweep
from jobs.backup.restoring import copy_database, restore
from jobs.backup.rows import Sum, sum_of, tables_of
from models.assignments import Assignment
from models.database import Database, copying_engine
from models.mailbox import OutboxState, Outgoing
from models.people import Member
from models.records import AuditEntry
from models.schema import newest
from tests.cast import WIB, wib
from tests.operations.conftest import PHOTO, Office, stamp
from tests.operations.jobs_process import backups_beside, run_jobs

NOW = wib("2026-01-23 12:00")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what doesn't depend on the engine that the archive came from."""


def contents(url: str) -> dict[str, Sum]:
    engine = copying_engine(url)
    with engine.connect() as connection:
        sums = {table.name: sum_of(connection, table) for table in tables_of(connection)}
    engine.dispose()
    return sums


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Path:
    stamp(office)
    target = tmp_path / "kawal.zip"
    make_backup(office.url, office.files, target, now=NOW)
    return target


async def test_a_backup_restores_on_either_engine(office: Office, backup: Path, other_url: str, tmp_path: Path) -> None:
    restore(backup, other_url, tmp_path / "restored", now=NOW)
    before, after = contents(office.url), contents(other_url)
    assert after == before
    assert before["reports"].rows == 1
    assert before["outbox"].rows > 5
    stored = [path for path in (tmp_path / "restored").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in stored] == [PHOTO]
    database = Database(other_url)
    async with database.writing() as session:
        task = (await session.scalars(select(Assignment).order_by(Assignment.id))).first()
        assert task is not None
        assert (task.percent, str(task.quantity_done), task.unit.name) == (60, "12.5000", "Kecamatan Air Joman")
        # Numbering goes on after the restored rows, and the audit is guarded as before.
        session.add(AuditEntry(at=NOW, deed="after"))
        session.add(Outgoing(chat_id=1, kind="x", method="sendMessage", payload={}, created_at=NOW))
    waiting = select(func.count()).where(Outgoing.state == OutboxState.READY, Outgoing.kind != "x")
    async with database.reading() as session:
        assert await session.scalar(waiting) == 2, "what waited in the backup waits again"
    await database.close()


@on_sqlite
async def test_a_backup_is_private_and_holds_no_token(office: Office, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert not list(backup.parent.glob(".*.part"))
    with zipfile.ZipFile(backup) as opened:
        assert not any("config" in name for name in opened.namelist())


@on_sqlite
async def test_a_damaged_or_foreign_file_changes_nothing(office: Office, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    fresh = f"sqlite:///{tmp_path}/fresh.sqlite"
    for name, data in {
        "cut.zip": whole[: len(whole) // 2],
        "flipped.zip": whole.replace(b"sawah", b"sewah"),
        "other.zip": b"PK\x05\x06" + bytes(18),
        "text.zip": b"bukan arsip",
    }.items():
        damaged = tmp_path / name
        damaged.write_bytes(data)
        with pytest.raises((BackupError, zipfile.BadZipFile)):
            restore(damaged, fresh, tmp_path / "fresh-files", now=NOW)
        assert not (tmp_path / "fresh.sqlite").exists()
        assert not (tmp_path / "fresh-files").exists()


@on_sqlite
async def test_a_row_that_was_altered_in_the_archive_is_noticed(office: Office, backup: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(altered, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info).replace(b"Budi Santoso", b"Bodi Santoso"))
    with pytest.raises(BackupError, match="members tidak sama"):
        prove(altered)


@on_sqlite
async def test_lost_evidence_is_noticed_when_the_backup_is_made(office: Office, tmp_path: Path) -> None:
    stamp(office)
    shutil.rmtree(office.files)
    with pytest.raises(BackupError, match="hilang"):
        make_backup(office.url, office.files, tmp_path / "kawal.zip", now=NOW)
    assert not (tmp_path / "kawal.zip").exists()


async def test_what_is_there_is_not_overwritten_unless_told_to(office: Office, backup: Path) -> None:
    await office.camat.says("sudah 80%")
    changed = contents(office.url)
    with pytest.raises(BackupError, match="--overwrite"):
        restore(backup, office.url, office.files, now=NOW)
    assert contents(office.url) == changed
    await office.cast.database.close()
    restore(backup, office.url, office.files, now=NOW, overwrite=True)
    assert contents(office.url)["reports"].rows == 1
    folders = {path.name for path in office.files.parent.glob("files*")}
    assert folders == {"files", "files.before-20260123-120000"}, "the old ones are put aside, not thrown away"


async def test_nothing_is_restored_under_a_running_bot(office: Office, backup: Path) -> None:
    await office.cast.database.close()
    if office.url.startswith("sqlite"):
        with (
            ProcessLock(Path(office.url.removeprefix("sqlite:///"))),
            pytest.raises(BackupError, match="sedang berjalan"),
        ):
            restore(backup, office.url, office.files, now=NOW, overwrite=True)
        return
    engine = copying_engine(office.url)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock_shared({LOCK_CLASS + 1}, 5)")
        with pytest.raises(BackupError, match="sedang berjalan"):
            restore(backup, office.url, office.files, now=NOW, overwrite=True)
    engine.dispose()


@on_sqlite
async def test_an_archive_of_a_newer_kawal_is_refused(
    office: Office, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "newest", lambda: "0000")
    with pytest.raises(BackupError, match="lebih baru"):
        restore(backup, f"sqlite:///{tmp_path}/x.sqlite", tmp_path / "x", now=NOW)


async def test_the_database_moves_to_the_other_engine_and_back(office: Office, other_url: str, tmp_path: Path) -> None:
    stamp(office)
    (tmp_path / "other").mkdir(exist_ok=True)
    copied = copy_database(office.url, other_url)
    assert contents(other_url) == contents(office.url) == copied
    with pytest.raises(BackupError, match="sudah berisi"):
        copy_database(office.url, other_url)
    back = f"sqlite:///{tmp_path}/back.sqlite"
    copy_database(other_url, back)
    assert contents(back) == copied


@on_sqlite
async def test_check_is_green_after_restoring(office: Office, backup: Path, other_url: str, tmp_path: Path) -> None:
    restore(backup, other_url, tmp_path / "restored", now=NOW)
    settings = office.cast.settings
    settings = settings.model_copy(
        update={
            "database": settings.database.model_copy(update={"url": other_url}),
            "files": settings.files.model_copy(update={"directory": tmp_path / "restored"}),
        }
    )
    assert newest() in await check._database(settings)
    assert await check._files(settings)


def nightly(office: Office, keep: int = 2) -> tuple[NightlyBackup, Settings]:
    settings = office.cast.settings
    backup = settings.backup.model_copy(update={"directory": office.files.parent / "backups", "keep": keep})
    settings = settings.model_copy(update={"backup": backup})
    return NightlyBackup(office.cast.database, settings, office.cast.clock), settings


@on_sqlite
async def test_every_night_one_backup_and_the_newest_two_are_kept(office: Office) -> None:
    stamp(office)
    job, settings = nightly(office)
    assert not await job.run(), "installed this morning, it owes nothing for last night"
    for day in range(24, 28):
        office.cast.clock.at = wib(f"2026-01-{day} 01:59")
        assert not await job.run()
        office.cast.clock.at = wib(f"2026-01-{day} 02:00")
        assert await job.run()
        assert not await job.run(), "once a night"
    (settings.backup.directory / "keterangan.txt").write_text("bukan arsip")
    names = sorted(path.name for path in settings.backup.directory.glob("*.zip"))
    assert names == ["kawal-2026-01-26-0200.zip", "kawal-2026-01-27-0200.zip"]
    assert keep_newest(settings.backup.directory, 1) == 1
    assert (settings.backup.directory / "keterangan.txt").exists()


@on_sqlite
async def test_a_night_that_was_killed_in_the_middle_is_made_up_for_and_swept(office: Office) -> None:
    stamp(office)
    folder = backups_beside(office.files)
    night = wib("2026-01-24 02:00")
    died = await run_jobs(office.url, str(office.files), night, ["backup"], "backup.writing")
    assert died == -signal.SIGKILL
    (left,) = folder.iterdir()
    assert left.name.endswith(".part")
    (folder / ".prove-abc").mkdir()
    assert await run_jobs(office.url, str(office.files), night, ["backup"]) == 0
    assert left.exists(), "another machine may be at it"
    for old in (left, folder / ".prove-abc"):
        os.utime(old, (0, 0))
    sweep(folder)
    assert [path.name for path in folder.iterdir()] == ["kawal-2026-01-24-0200.zip"]


@on_sqlite
async def test_a_backup_that_fails_is_told_to_the_admin_once_and_tried_again(office: Office) -> None:
    stamp(office)
    job, settings = nightly(office)
    settings.backup.directory.write_text("a file where the folder should be")
    office.cast.clock.at = wib("2026-01-24 02:00")
    assert not await job.run()
    await office.cast.delivers()
    assert "Cadangan malam ini belum berhasil" in office.admin.reads()
    job._not_before = 0
    assert not await job.run()
    await office.cast.delivers()
    assert office.admin.reads() == ""
    settings.backup.directory.unlink()
    job._not_before = 0
    assert await job.run()


async def test_people_go_on_working_while_a_backup_is_made(office: Office, tmp_path: Path) -> None:
    stamp(office)

    def write_in_between() -> bool:
        with_writer = copying_engine(office.url)
        with with_writer.begin() as connection:
            connection.exec_driver_sql(
                f"INSERT INTO wrong_codes (telegram_id, at) VALUES (9, '{NOW.astimezone(WIB):%Y-%m-%d %H:%M:%S}')"
            )
        with_writer.dispose()
        return False

    manifest = make_backup(office.url, office.files, tmp_path / "busy.zip", now=NOW, stop=write_in_between)
    assert contents(office.url)["wrong_codes"].rows > 5
    assert manifest.tables["wrong_codes"].rows == 0, "the archive shows one moment"
    async with office.cast.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Member)) == 3
