"""Files people sent are fetched whole or not at all, and the address with the token stays out of errors."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from delivery.files import Gone, TooBig, TryAgain, fetch
from tests.delivery.fake_telegram import TOKEN, FakeTelegram, error

Answer = Callable[[httpx.Request], httpx.Response]


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, telegram: FakeTelegram) -> Callable[[Answer], list[str]]:
    """Let the file server answer so; returns the addresses it was asked for."""

    def start(answer: Answer) -> list[str]:
        asked: list[str] = []
        ordinary = httpx.AsyncClient

        def note(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            return answer(request)

        def client(**given: Any) -> httpx.AsyncClient:
            return ordinary(transport=httpx.MockTransport(note), **given)

        monkeypatch.setattr("delivery.files.httpx.AsyncClient", client)
        telegram.script["getFile"].append((200, {"ok": True, "result": {"file_path": "photos/a.jpg"}}))
        return asked

    return start


async def test_a_photo_is_stored_with_its_size_and_hash(
    telegram: FakeTelegram, tmp_path: Path, serve: Callable[[Answer], list[str]]
) -> None:
    content = b"foto" * 50_000
    asked = serve(lambda _request: httpx.Response(200, content=content))
    target = tmp_path / "2026" / "a.jpg"
    fetched = await fetch(telegram.bot(), "file-1", target, 1_000_000)
    assert (fetched.size, fetched.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert target.read_bytes() == content
    assert asked == [f"http://telegram.invalid/file/bot{TOKEN}/photos/a.jpg"]
    assert names_in(target.parent) == ["a.jpg"]


async def test_what_is_too_big_leaves_nothing_behind(
    telegram: FakeTelegram, tmp_path: Path, serve: Callable[[Answer], list[str]]
) -> None:
    serve(lambda _request: httpx.Response(200, content=b"x" * 200_000))
    with pytest.raises(TooBig):
        await fetch(telegram.bot(), "file-1", tmp_path / "a.jpg", 100_000)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(("status", "expected"), [(404, Gone), (500, TryAgain), (302, TryAgain)])
async def test_what_the_file_server_says_is_understood(
    telegram: FakeTelegram, tmp_path: Path, serve: Callable[[Answer], list[str]], status: int, expected: type[Exception]
) -> None:
    serve(lambda _request: httpx.Response(status))
    with pytest.raises(expected):
        await fetch(telegram.bot(), "file-1", tmp_path / "a.jpg", 100)


async def test_a_download_that_breaks_off_is_tried_again_and_shows_no_token(
    telegram: FakeTelegram, tmp_path: Path, serve: Callable[[Answer], list[str]]
) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b"x" * 1000
        raise httpx.ReadError("connection reset")

    serve(lambda _request: httpx.Response(200, content=half()))
    with pytest.raises(TryAgain) as caught:
        await fetch(telegram.bot(), "file-1", tmp_path / "a.jpg", 100_000)
    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None
    assert names_in(tmp_path) == []


async def test_a_full_disk_is_known_for_one_and_leaves_nothing_behind(
    telegram: FakeTelegram, tmp_path: Path, serve: Callable[[Answer], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(lambda _request: httpx.Response(200, content=b"x" * 1000))

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("delivery.files.os.fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        await fetch(telegram.bot(), "file-1", tmp_path / "a.jpg", 100_000)
    assert caught.value.errno == errno.ENOSPC, "by this the admins are told, see jobs.alarms"
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (error(400, "Bad Request: file is too big"), TooBig),
        (error(400, "Bad Request: invalid file_id"), Gone),
        (error(500, "Internal Server Error"), TryAgain),
    ],
)
async def test_what_telegram_says_about_a_file_is_understood(
    telegram: FakeTelegram, tmp_path: Path, answer: Any, expected: type[Exception]
) -> None:
    telegram.script["getFile"].append(answer)
    with pytest.raises(expected):
        await fetch(telegram.bot(), "file-1", tmp_path / "a.jpg", 100)
