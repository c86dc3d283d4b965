"""The way to the network: connections are kept, answers read whole, and every failure says whether the call left."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TimedOut

from delivery import transport
from delivery.telegram import KawalBot, Outcome, build_bot, judge
from delivery.transport import LeanRequest, NotSent
from tests.delivery.fake_telegram import TOKEN

OK = b'{"ok": true, "result": {"message_id": 5}}'
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Answers every request with what `answer` writes; counts connections and keeps the requests."""

    def __init__(self) -> None:
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(OK), OK)
        self.connections = 0
        self.requests: list[bytes] = []
        self.close_after_answer = False
        self.pause = 0.0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                await asyncio.sleep(self.pause)
                writer.write(self.answer)
                if self.close_after_answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, KawalBot]]:
    answering = Server()
    listener = await asyncio.start_server(answering.serve, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    bot = build_bot(TOKEN, f"http://127.0.0.1:{port}")
    yield answering, bot
    await bot.request.shutdown()
    listener.close()


async def outcome(bot: KawalBot) -> Outcome:
    try:
        await bot.call("sendMessage", {"chat_id": 7, "text": "halo"})
    except Exception as error:
        return judge(error).outcome
    return Outcome.SENT


async def test_a_call_is_one_form_and_its_answer_is_read(server: tuple[Server, KawalBot]) -> None:
    answering, bot = server
    markup = {"inline_keyboard": [[{"text": "✅ Terima", "callback_data": "v1:a"}]]}
    assert await bot.call("sendMessage", {"chat_id": -7, "text": "a & b = ü", "reply_markup": markup}) == {
        "message_id": 5
    }
    head, _, body = answering.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /bot%s/sendMessage HTTP/1.1\r\n" % TOKEN.encode())
    assert b"chat_id=-7&text=a+%26+b+%3D+%C3%BC&reply_markup=%7B" in body


async def test_connections_are_kept_and_as_many_as_needed(server: tuple[Server, KawalBot]) -> None:
    answering, bot = server
    for _ in range(5):
        assert await outcome(bot) is Outcome.SENT
    assert answering.connections == 1
    answering.pause = 0.05
    await asyncio.gather(*(outcome(bot) for _ in range(10)))
    await asyncio.gather(*(outcome(bot) for _ in range(10)))
    assert answering.connections == 10


async def test_a_connection_the_server_closed_is_not_used_again(server: tuple[Server, KawalBot]) -> None:
    answering, bot = server
    answering.close_after_answer = True
    for _ in range(3):
        assert await outcome(bot) is Outcome.SENT
        await asyncio.sleep(0.01)
    assert answering.connections == 3


async def test_a_connection_idle_for_long_is_not_used_again(
    server: tuple[Server, KawalBot], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering, bot = server
    assert await outcome(bot) is Outcome.SENT
    monkeypatch.setattr(transport, "IDLE_SECONDS", 0.0)
    assert await outcome(bot) is Outcome.SENT
    assert answering.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + OK[:5] + b"\r\n%x\r\n" % (len(OK) - 5) + OK[5:]
        + b"\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(OK), OK),
    ],
)  # fmt: skip
async def test_every_lawful_form_of_answer_is_understood(server: tuple[Server, KawalBot], answer: bytes) -> None:
    answering, bot = server
    answering.answer = answer
    assert [await outcome(bot), await outcome(bot)] == [Outcome.SENT, Outcome.SENT]
    assert answering.connections == 1


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"],
)
async def test_an_answer_that_breaks_off_leaves_the_call_in_doubt(
    server: tuple[Server, KawalBot], answer: bytes
) -> None:
    answering, bot = server
    answering.answer, answering.close_after_answer = answer, True
    assert await outcome(bot) is Outcome.UNKNOWN
    answering.answer = Server().answer
    assert await outcome(bot) is Outcome.SENT


async def test_an_answer_that_does_not_come_leaves_the_call_in_doubt(server: tuple[Server, KawalBot]) -> None:
    answering, _ = server
    answering.pause = 1.0
    listener = await asyncio.start_server(answering.serve, "127.0.0.1", 0)
    request = LeanRequest(lambda: pytest.fail("no certificates are needed"), read_timeout=0.05)
    with pytest.raises(TimedOut) as caught:
        await request.do_request(f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/x", "POST")
    assert judge(caught.value).outcome is Outcome.UNKNOWN
    listener.close()


async def test_an_answer_without_end_is_cut(server: tuple[Server, KawalBot], monkeypatch: pytest.MonkeyPatch) -> None:
    _, bot = server
    monkeypatch.setattr(transport, "RESPONSE_LIMIT", 10)
    with pytest.raises(NetworkError, match="no end"):
        await bot.call("sendMessage", {})


async def test_what_could_not_connect_was_certainly_not_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        bot = build_bot(TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(NotSent) as caught:
            await bot.call("sendMessage", {"chat_id": 7})
    assert judge(caught.value).outcome is Outcome.UNSENT
    assert TOKEN not in str(caught.value)


async def test_a_call_given_up_does_not_spoil_the_next(server: tuple[Server, KawalBot]) -> None:
    answering, bot = server
    answering.pause = 0.2
    giving_up = asyncio.create_task(outcome(bot))
    await asyncio.sleep(0.05)
    giving_up.cancel()
    await asyncio.gather(giving_up, return_exceptions=True)
    answering.pause = 0.0
    assert await outcome(bot) is Outcome.SENT
    assert answering.connections == 2


async def test_files_go_as_a_form_of_parts(server: tuple[Server, KawalBot]) -> None:
    answering, bot = server
    photo = InputFile(b"\x89PNG", filename="peta.png")
    assert await bot.call("sendPhoto", {"chat_id": 7, "caption": "peta"}, files={"photo": photo}) == {"message_id": 5}
    assert b"multipart/form-data" in answering.requests[0]
    assert b'name="photo"; filename="peta.png"' in answering.requests[0]
    assert b"\x89PNG" in answering.requests[0]


async def test_behind_a_proxy_the_general_client_is_used(
    server: tuple[Server, KawalBot], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering, bot = server
    assert not transport._needs_proxy("http", "api.telegram.org")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert transport._needs_proxy("http", "api.telegram.org")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert not transport._needs_proxy("http", "127.0.0.1")
    assert await outcome(bot) is Outcome.SENT
    monkeypatch.delenv("no_proxy")
    assert await outcome(bot) is Outcome.UNSENT, "the proxy is not there"
    assert len(answering.requests) == 1
