"""A person asks to be forgotten: name, id and words are gone from everywhere, tasks and figures are not."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.forget import delete_files
from jobs.housekeeping import tidy
from models.assignments import Assignment
from models.database import copying_engine
from models.forgetting import GONE, find_member, forget
from models.mailbox import InboxState, Incoming, OutboxState, Outgoing
from models.people import Member
from models.records import AuditEntry, Summary
from models.reports import Evidence, Extension, Report
from tests.cast import wib
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


async def test_somebody_whose_number_begins_alike_loses_nothing(office: Office) -> None:
    """The person's id is 502, another's 5021: what the other one just wrote still has to be dealt with."""
    cast = office.cast
    theirs = int(f"{office.camat.telegram_id}1")
    async with cast.database.writing() as session:
        for update_id, sender in ((501, theirs), (502, office.camat.telegram_id)):
            raw = {"update_id": update_id, "message": {"from": {"id": sender}, "text": "x", "chat": {"id": -100}}}
            session.add(Incoming(update_id=update_id, lane=-100, raw=raw, received_at=cast.clock.now()))
    async with cast.database.writing() as session:
        await forget(session, (await find_member(session, "budi santoso"))[0], now=cast.clock.now())
    async with cast.database.reading() as session:
        left = await session.scalars(select(Incoming.update_id).where(Incoming.update_id.in_((501, 502))))
        assert list(left) == [501]


async def test_nothing_is_said_any_more_to_somebody_forgotten(office: Office) -> None:
    cast = office.cast
    operator = await cast.pelaksana("Air Joman", "Ani Lestari")
    async with cast.database.writing() as session:
        await forget(session, (await find_member(session, "budi santoso"))[0], now=cast.clock.now())
    before = len(cast.calls)
    await operator.says("sudah 80%")
    assert {chat for chat, _, _ in cast.calls[before:]} <= {operator.telegram_id, office.secretary.telegram_id}


async def test_the_weekly_pictures_that_were_kept_quote_the_person_no_more(office: Office) -> None:
    cast = office.cast
    await cast.pimpinan("bupati")
    await cast.time_passes(to=wib("2026-01-26 07:00"))
    async with cast.database.reading() as session:
        kept = (await session.scalars(select(Summary))).one()
        assert "dusun tiga" in json.dumps(kept.view), "the picture quotes the obstacle"
        figures = kept.figures
    async with cast.database.writing() as session:
        await forget(session, (await find_member(session, "budi santoso"))[0], now=cast.clock.now())
    async with cast.database.reading() as session:
        kept = (await session.scalars(select(Summary))).one()
        assert kept.figures == figures
        for trace in ("Budi", "dusun tiga"):
            assert trace not in json.dumps(kept.view)
    left = everything(office.url)
    assert "dusun tiga" not in left
    assert "Budi" not in left


@on_sqlite
async def test_papers_that_name_the_person_go_and_one_that_still_has_to_be_sent_stays(
    office: Office,
) -> None:
    cast = office.cast
    await office.secretary.says("/ekspor Air Joman")
    await office.secretary.presses("📊 Excel")
    await cast.papers_are_made()
    made = next((office.files / "papers").rglob("*.xlsx"))
    waiting = made.with_name("menunggu.xlsx")
    waiting.write_bytes(made.read_bytes())
    async with cast.database.writing() as session:
        payload = {"document": {"$file": waiting.relative_to(office.files).as_posix()}}
        session.add(Outgoing(chat_id=office.secretary.telegram_id, kind="paper", method="sendDocument", payload=payload,
                             created_at=cast.clock.now()))  # fmt: skip
    async with cast.database.writing() as session:
        done = await forget(session, (await find_member(session, "budi santoso"))[0], now=cast.clock.now())
    await delete_files(cast.database, cast.settings, done)
    assert not made.exists()
    assert waiting.exists()
    assert next((office.files / "evidence").rglob("*.jpg")).exists()


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
async def test_a_code_is_struck_however_it_is_written_and_also_when_it_comes_too_fast(office: Office) -> None:
    cast = office.cast
    cast.clock.at += timedelta(hours=1)
    private, group = office.camat.telegram_id, -100500
    for number, (words, chat) in enumerate(
        [("/START RahasiaSekali123", private), ("/start@KawalAsahanBot RahasiaSekali123", private),
         ("/start\nRahasiaSekali123", private), ("/start RahasiaSekali123", group)]
        + [("/start RahasiaSekali123", private)] * 30, start=200,
    ):  # fmt: skip
        message = {"message_id": number, "date": cast.unix_time(), "from": office.camat.user, "text": words,
                   "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "x"}}  # fmt: skip
        async with cast.database.writing() as session:
            raw = {"update_id": number, "message": message}
            session.add(Incoming(update_id=number, lane=1, raw=raw, received_at=cast.clock.now()))
            await session.flush()
            await cast.application.handle(session, raw)
    assert "RahasiaSekali123" not in everything(office.url)


@on_sqlite
@pytest.mark.parametrize(
    "words", ["/start RahasiaSekali123", "/start@KawalAsahanBot RahasiaSekali123", "/start\nRahasiaSekali123"]
)
async def test_a_code_in_an_update_that_was_set_aside_is_struck_the_same_day(office: Office, words: str) -> None:
    cast = office.cast
    raw = {"update_id": 92, "message": {"text": words, "from": {"id": 7}}}
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
