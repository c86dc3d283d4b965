"""Invariant 12: the token stands in no log line, whatever is logged."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from delivery.application import build_application
from delivery.redaction import HIDDEN, install
from delivery.telegram import build_bot
from tests.delivery.fake_telegram import TOKEN


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a handler of the root logger writes, with the redaction installed."""
    out = io.StringIO()
    root, before = logging.getLogger(), logging.getLogger().level
    handler = logging.StreamHandler(out)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    install(TOKEN)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


async def test_a_failing_request_with_its_traceback_hides_the_token(log: io.StringIO) -> None:
    bot = build_bot(TOKEN, "http://127.0.0.1:9")
    try:
        await bot.call("sendMessage", {"text": "a"})
    except Exception:
        logging.getLogger("kawal").exception("call of %s/%s failed", bot.base_url, "sendMessage")
    written = log.getvalue()
    assert "Traceback" in written
    assert HIDDEN in written
    assert TOKEN not in written
    assert TOKEN.split(":")[1] not in written


def test_reprs_arguments_and_other_tokens_are_hidden(log: io.StringIO) -> None:
    bot = build_bot(TOKEN, "http://127.0.0.1:9")
    other = "987654321:" + "b-C_" * 9
    logging.getLogger("kawal").warning("%r %r %s", bot, build_application(bot), other)
    logging.getLogger("kawal").warning("broken %d", "args " + TOKEN)
    logging.getLogger("kawal").warning("someone sent /start abc_DEF-123 and t.me/bot?start=xyz_123")
    assert TOKEN not in repr(bot)
    written = log.getvalue()
    for secret in (TOKEN, other, "abc_DEF-123", "xyz_123"):
        assert secret not in written
    assert written.count(HIDDEN) >= 4


def test_the_libraries_that_log_every_address_are_quiet(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("httpcore.connection").debug("connect %s", TOKEN)
    assert log.getvalue() == ""
