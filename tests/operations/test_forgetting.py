"""A person asks to be forgotten: name, id and words are gone from everywhere, tasks and figures are not."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.housekeeping import tidy
from models.assignments import Assignment
from models.database import copying_engine
from models.forgetting import GONE, find_member, forget
from models.mailbox import InboxState, Incoming, OutboxState, Outgoing
from models.people import Member
from models.records import AuditEntry
from models.reports import Evidence, Extension, Report
from tests.operations.conftest import Office

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = "terkendala hujan di dusun tiga"


def everything(url: str) -> str:
    """Every value of every table, as text."""
    from jobs.backup.rows import lines_of, tables_of

    engine = copying_engine(url)
    with engine.connect() as connection:
        lines = [line for table in tables_of(connection) for line in lines_of(connection, table)]
    engine.dispose()
    return "\n".join(lines)


async def test_nothing_names_a_forgotten_person_and_no_figure_is_lost(office: Office) -> None:
    cast, camat = office.cast, office.camat
    await camat.presses("⏳ Perpanjangan")
    await camat.says("sampai 10 Februari karena orang tua saya dirawat di rumah sakit")
    await office.secretary.says("/pantau Air Joman")
    await office.secretary.presses("1")
    assert WORDS in office.secretary.reads()
    async with cast.database.writing() as session:
        raw = {"update_id": 5, "message": {"from": camat.user, "text": "laporan saya", "chat": {"id": -100}}}
        session.add(Incoming(update_id=5, lane=-100, raw=raw, received_at=cast.clock.now(), state=InboxState.DONE))
    number = (await cast.member_row(camat)).id
    before = everything(office.url)
    for trace in ("Budi Santoso", f": {camat.telegram_id}", WORDS, "orang tua saya"):
        assert trace in before

    async with cast.database.writing() as session:
        found = await find_member(session, "budi santoso")
        done = await forget(session, found[0], now=cast.clock.now())
    assert (done.reports, done.files) == (1, [])

    after = everything(office.url)
    for trace in ("Budi", "Santoso", f" {camat.telegram_id}", WORDS, "orang tua saya"):
        assert trace not in after
    async with cast.database.reading() as session:
        member = await session.get_one(Member, number)
        assert (member.name, member.telegram_id, member.roles) == (f"Pengguna {number}", -number, set())
        task = (await session.scalars(select(Assignment).order_by(Assignment.id))).first()
        assert task is not None
        assert (task.percent, task.status, str(task.quantity_done)) == (60, "blocked", "12.5000")
        report = (await session.scalars(select(Report))).one()
        assert (report.text, report.percent, report.member_id) == (GONE, 60, number)
        evidence = (await session.scalars(select(Evidence))).one()
        assert evidence.sha256 is not None
        assert (await session.scalars(select(Extension.reason))).one() == GONE
        deeds = (await session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id))).all()
        assert "report" in deeds
        assert deeds[-1] == "forget"
    await office.secretary.says("/pantau Air Joman")
    await office.secretary.presses("1")
    assert f"Pengguna {number}" in office.secretary.reads()
    await camat.says("/tugas")
    assert "mohon minta tautan undangan" in camat.reads()


@on_sqlite
async def test_with_evidence_the_files_go_too(office: Office) -> None:
    cast = office.cast
    async with cast.database.writing() as session:
        member = (await find_member(session, str(office.camat.telegram_id)))[0]
        done = await forget(session, member, now=cast.clock.now(), evidence=True)
    assert done.files
    assert all((office.files / path).is_file() for path in done.files)
    async with cast.database.reading() as session:
        evidence = (await session.scalars(select(Evidence))).one()
        assert (evidence.path, evidence.sha256, evidence.file_id) == (None, None, None)


@on_sqlite
async def test_an_invitation_is_wiped_once_it_is_sent(office: Office) -> None:
    cast = office.cast
    await office.secretary.says("/undang Camat Meranti")
    await cast.papers_are_made()
    link = office.secretary.sees("Undangan sebagai Camat Meranti")
    code = link.text.split("?start=")[1].split()[0]
    path = office.files / link.payload["photo"]["$file"]
    assert path.exists()
    async with cast.database.writing() as session:
        waiting = Outgoing(chat_id=9, kind="invitation", method="sendMessage", payload={"text": "?start=masih"},
                           created_at=cast.clock.now())  # fmt: skip
        session.add(waiting)
    async with cast.database.writing() as session:
        assert await tidy(session, cast.settings, cast.clock.now()) >= 1
    assert not path.exists()
    left = everything(office.url)
    assert code not in left
    assert "?start=masih" in left, "what hasn't been sent yet is kept"
    newcomer = cast.stranger("Camat Meranti")
    await newcomer.says(f"/start {code}")
    await newcomer.presses("✅ Benar")
    assert "Selamat datang" in newcomer.reads()


@on_sqlite
async def test_a_code_that_was_used_stands_in_no_update(office: Office) -> None:
    cast = office.cast
    for kind, update_id in (("message", 90), ("edited_message", 91)):
        message = {"message_id": 4, "date": cast.unix_time(), "edit_date": cast.unix_time(), "from": office.camat.user,
                   "chat": {"id": office.camat.telegram_id, "type": "private"},
                   "text": "/start RahasiaSekali123"}  # fmt: skip
        raw = {"update_id": update_id, kind: message}
        async with cast.database.writing() as session:
            session.add(Incoming(update_id=update_id, lane=1, raw=raw, received_at=cast.clock.now()))
            await session.flush()
            await cast.application.handle(session, raw)
    assert "RahasiaSekali123" not in everything(office.url)


@on_sqlite
async def test_a_code_in_an_update_that_was_set_aside_is_struck_the_same_day(office: Office) -> None:
    cast = office.cast
    raw = {"update_id": 92, "message": {"text": "/start RahasiaSekali123", "from": {"id": 7}}}
    async with cast.database.writing() as session:
        session.add(Incoming(update_id=92, lane=7, raw=raw, received_at=cast.clock.now(), state=InboxState.ASIDE))
    async with cast.database.writing() as session:
        await tidy(session, cast.settings, cast.clock.now())
    assert "RahasiaSekali123" not in everything(office.url)
    async with cast.database.writing() as session:
        await tidy(session, cast.settings, cast.clock.now() + timedelta(days=31))
    async with cast.database.reading() as session:
        assert await session.get(Incoming, 92) is None


async def test_old_wording_and_papers_go_and_the_fact_of_sending_stays(office: Office) -> None:
    cast = office.cast
    await office.secretary.says("/ekspor Air Joman")
    await office.secretary.presses("📄 PDF")
    await cast.papers_are_made()
    paper = next((office.files / "papers").rglob("*.pdf"))
    evidence = next((office.files / "evidence").rglob("*.jpg"))
    later = cast.clock.now() + timedelta(days=91)
    async with cast.database.writing() as session:
        await tidy(session, cast.settings, later)
    assert evidence.exists()
    async with cast.database.reading() as session:
        sent = (await session.scalars(select(Outgoing).where(Outgoing.state == OutboxState.SENT))).all()
        assert len(sent) > 5
        assert all(row.payload == {"wiped": True} and row.sent_at for row in sent)
    assert paper.exists(), "its file was written just now"
    os.utime(paper, (0, 0))
    async with cast.database.writing() as session:
        await tidy(session, cast.settings, later + timedelta(days=1))
    assert not paper.exists()


@pytest.mark.parametrize("words", ["Tidak Ada", "999", ""])
@on_sqlite
async def test_somebody_unknown_is_not_found(office: Office, words: str) -> None:
    async with office.cast.database.reading() as session:
        assert await find_member(session, words) == []
