"""How calls arrive, and what is answered to calls that make no sense."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram import Bot

from simulator import Person, RunningSimulator
from tests.simulator.conftest import RawApi, opened_poll


async def test_same_call_by_query_form_json_and_multipart(raw: RawApi, camat: Person) -> None:
    text = "Halo & <salam> 😀"
    chat = str(camat.id)
    address = f"{raw.base}/sendMessage"
    answers = [
        await raw.client.get(address, params={"chat_id": chat, "text": text}),
        await raw.client.post(address, data={"chat_id": chat, "text": text}),
        await raw.client.post(address, json={"chat_id": camat.id, "text": text}),
        await raw.client.post(address, files={"chat_id": (None, chat), "text": (None, text)}),
        await raw.client.post(f"{raw.base}/SENDMESSAGE", json={"chat_id": chat, "text": text}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [message.text for message in camat.received()] == [text] * 5


async def test_wrong_token_is_unauthorized(sim: RunningSimulator, raw: RawApi) -> None:
    response = await raw.client.get(f"{sim.url}/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/getMe")
    assert response.status_code == 401
    assert response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_what_is_no_token_is_not_found(sim: RunningSimulator, raw: RawApi) -> None:
    response = await raw.client.get(f"{sim.url}/botrahasia/getMe")
    assert (response.status_code, response.json()["description"]) == (404, "Not Found")


async def test_unknown_method_is_not_found(raw: RawApi) -> None:
    assert await raw.refusal("sendTelepathy", chat_id=1) == "Not Found: method not found"


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"text": "halo"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendPhoto", {"chat_id": "CAMAT"}, "there is no photo in the request"),
        ("sendMediaGroup", {"chat_id": "CAMAT"}, 'parameter "media" is required'),
        ("sendLocation", {"chat_id": "CAMAT", "latitude": 2.9}, "longitude is empty"),
        (
            "sendLocation",
            {"chat_id": "CAMAT", "latitude": "utara", "longitude": 1},
            'can\'t parse "latitude" as Number',
        ),
        ("editMessageText", {"chat_id": "CAMAT", "text": "x"}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": "CAMAT", "message_id": "dua"}, 'can\'t parse "message_id" as Number'),
        ("sendChatAction", {"chat_id": "CAMAT", "action": "dancing"}, "wrong parameter action in request"),
        ("getFile", {}, "file_id not specified"),
        (
            "sendMessage",
            {"chat_id": "CAMAT", "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ("sendMessage", {"chat_id": "CAMAT", "text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ("sendMessage", {"chat_id": "CAMAT", "text": {"a": 1}}, 'field "text" must be of type String'),
        (
            "sendMessage",
            {"chat_id": "CAMAT", "text": "x", "reply_parameters": {}},
            "can't parse ReplyParameters: Can't find field \"message_id\"",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "tugas"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        ("setMyCommands", {"commands": {"command": "x"}}, "can't parse BotCommand: expected an Array"),
    ],
)
async def test_missing_and_malformed_parameters(
    raw: RawApi, camat: Person, method: str, params: dict[str, object], description: str
) -> None:
    params = {name: camat.id if value == "CAMAT" else value for name, value in params.items()}
    assert await raw.refusal(method, **params) == f"Bad Request: {description}"
    assert camat.received() == []


async def test_body_that_is_not_json(raw: RawApi) -> None:
    response = await raw.client.post(
        f"{raw.base}/getMe", content=b"{nope", headers={"Content-Type": "application/json"}
    )
    assert response.json()["description"] == "Bad Request: can't parse JSON object"


async def test_upload_above_fifty_megabytes_is_refused_unread(sim: RunningSimulator) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sim.url.rpartition(":")[2]))
    writer.write(
        f"POST /bot{sim.world.token}/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Length: {60 * 1024 * 1024}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
    )
    assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
    writer.close()


async def test_calls_are_recorded_with_unknown_parameters(sim: RunningSimulator, raw: RawApi, camat: Person) -> None:
    await raw("sendMessage", chat_id=camat.id, text="halo", disable_web_page_preview=True)
    await raw("sendMessage", chat_id=1, text="halo")
    first, second = sim.world.calls_of("sendMessage")
    assert (first.params["text"], first.status, first.unknown) == ("halo", 200, ("disable_web_page_preview",))
    assert second.status == 400


async def test_library_understands_the_errors(bot: Bot, raw: RawApi) -> None:
    with pytest.raises(Exception, match="Chat not found"):
        await bot.send_message(chat_id=1, text="halo")


async def test_the_record_never_holds_file_contents(sim: RunningSimulator, bot: Bot, camat: Person) -> None:
    await bot.send_document(chat_id=camat.id, document=b"isi notulen", filename="notulen.txt")
    (call,) = sim.world.calls_of("sendDocument")
    assert call.params["document"] == "<notulen.txt, 11 bytes>"


async def test_simulator_stops_while_a_poll_is_open(sim: RunningSimulator, raw: RawApi) -> None:
    poll = await opened_poll(sim, raw)
    sim.world.close()
    answer: httpx.Response = await asyncio.wait_for(poll, 1)
    assert answer.json() == {"ok": True, "result": []}
