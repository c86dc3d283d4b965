"""Errors are provoked with secrets and people's words in hand: neither stands in the log afterwards."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy import update as sql_update

from clock import SystemClock
from config import load_settings
from console import check
from delivery.dispatcher import Dispatcher
from delivery.intake import store_updates
from delivery.redaction import install
from jobs.papers import fulfil
from models.database import Database
from models.mailbox import InboxState, Incoming
from presentation.chat import render
from tests.cast import Cast

TOKEN = "123456789:" + "A" * 35
CODE = "kode-undangan-Rahasia_42"
WORDS = "NIK saya 1209123456780001"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    out, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(out), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    install(TOKEN)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


def update(update_id: int, words: str) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"message_id": 1, "date": 0, "text": words, "from": {"id": 7},
            "chat": {"id": 7, "type": "private"}}}  # fmt: skip


@pytest.mark.parametrize(
    "blow_up",
    [
        lambda words: int(words),
        lambda words: {}[words],
        lambda words: (_ for _ in ()).throw(ValueError(f"cannot deal with {words}")),
        lambda words: (words + "\ud83d").encode(),
        lambda words: render("task_card", assignment=words),
    ],
    ids=["ValueError", "KeyError", "own text", "UnicodeError", "template"],
)
async def test_a_handler_that_fails_leaves_no_words_in_the_log(
    database: Database, log: io.StringIO, blow_up: Any
) -> None:
    async def handle(_session: object, raw: dict[str, Any]) -> None:
        try:
            blow_up(raw["message"]["text"])
        except Exception as error:
            raise RuntimeError("while dealing with an update") from error

    dispatcher = Dispatcher(database, SystemClock(), handle, apology="maaf")
    async with database.writing() as session:
        await store_updates(session, [update(1, f"/start {CODE} {WORDS} {TOKEN}")], SystemClock().now())
    await dispatcher.step()
    written = log.getvalue()
    assert "Traceback" in written
    assert "test_logs.py" in written, "where it happened is told"
    for secret in (CODE, WORDS, TOKEN, "1209123456780001"):
        assert secret not in written


async def test_an_update_that_is_given_up_leaves_no_words_in_the_log(database: Database, log: io.StringIO) -> None:
    async def handle(_session: object, raw: dict[str, Any]) -> None:
        int(raw["message"]["text"])

    dispatcher = Dispatcher(database, SystemClock(), handle, apology="maaf")
    async with database.writing() as session:
        await store_updates(session, [update(1, WORDS)], SystemClock().now())
        await session.execute(sql_update(Incoming).values(failures=2))
    await dispatcher.step()
    assert "set aside" in log.getvalue()
    assert "1209123456780001" not in log.getvalue()
    async with database.reading() as session:
        kept = (await session.scalars(select(Incoming))).one()
        assert kept.state == InboxState.ASIDE
        assert "ValueError" in (kept.error or ""), "the admin learns what kind of error it was"


def test_no_secret_of_the_configuration_is_printed_or_logged(log: io.StringIO, capsys: Any, tmp_path: Path) -> None:
    password, secret = "p4ss-Sandi", "s" * 40
    file = tmp_path / "config.toml"
    address = f"postgresql://kawal:{password}@127.0.0.1:9/kawal"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "http://127.0.0.1:9"\nwebhook_secret = "{secret}"\n'
        f'[database]\nurl = "{address}"\n[files]\ndirectory = "{tmp_path}/files"\n'
    )
    settings = load_settings(file)
    install(*settings.secrets())
    for words in (f"can't reach {address}", f"secret_token={secret}", TOKEN):
        logging.getLogger("anything").warning("failed: %s", words)
    assert check.main(file) == 1
    # A mistake in the address, as it happens when the password has a special sign.
    for wrong in (
        f"postgresql://kawal:x:{password}@db:54x2/kawal",
        f"postgresql://kawal@{password}@db:{password}/kawal",
    ):
        file.write_text(f'[telegram]\ntoken = "{TOKEN}"\napi_url = "http://127.0.0.1:9"\n[database]\nurl = "{wrong}"\n')
        check.main(file)
    shown = repr(settings) + str(settings) + repr(settings.database) + log.getvalue() + "".join(capsys.readouterr())
    assert "basis data" in shown
    for hidden in (password, secret, TOKEN, "A" * 35):
        assert hidden not in shown, hidden


async def test_a_database_error_shows_the_statement_without_its_values(database: Database, log: io.StringIO) -> None:
    try:
        async with database.writing() as session:
            await session.execute(text("insert into no_such_table (a) values (:words)"), {"words": f"{WORDS} {CODE}"})
    except Exception:
        logging.getLogger("kawal").exception("failed")
    written = log.getvalue()
    assert "no_such_table" in written
    assert WORDS not in written
    assert CODE not in written


async def test_an_invitation_that_cannot_be_drawn_shows_no_code(
    cast: Cast, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jobs.papers import invitations

    def broken(link: str) -> bytes:
        raise ValueError(f"can't draw {link}")

    monkeypatch.setattr(invitations, "render_qr", broken)
    monkeypatch.setattr(invitations, "new_code", lambda: CODE)
    secretary = await cast.sekretariat()
    await secretary.says("/undang Camat Air Joman")
    for _ in range(3):
        await fulfil(cast.database, cast.settings, cast.clock)
    assert "could not be drawn" in log.getvalue()
    assert CODE not in log.getvalue()


async def test_a_code_in_an_address_is_hidden_wherever_it_is_logged(log: io.StringIO) -> None:
    for words in (f"https://t.me/KawalBot?start={CODE}", f"/start {CODE}", f"t.me/KawalBot?x=1&start={CODE}"):
        logging.getLogger("anything").warning("seen %s", words)
    assert CODE not in log.getvalue()
