"""The page's side: state, actions of people, files, time and story as JSON over HTTP, and events as a stream.

Errors are {"error": "an Indonesian sentence"}.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator import groups
from simulator.calendar import moment_of
from simulator.chats import Chat, StoredMessage
from simulator.files import UPLOAD_LIMIT, Upload
from simulator.people import Person
from simulator.refusal import Refused
from simulator.world import World

Json = dict[str, Any]
Handler = Callable[[Request], Awaitable[Response]]

_BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
_INLINE_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")


def routes(world: World, static: Path) -> list[BaseRoute]:
    """Everything under `/`, `/static` and `/sim`."""
    page = _Page(world, static)
    gets: dict[str, Handler] = {
        "/": page.index,
        "/sim/state": page.state,
        "/sim/chats/{chat_id}/messages": page.messages,
        "/sim/events": page.events,
        "/sim/files/{file_id}": page.file,
        "/sim/story": page.story,
    }
    posts: dict[str, Handler] = {
        "/sim/people": page.add_person,
        "/sim/people/{user_id}/block": page.block,
        "/sim/people/{user_id}/start": page.start,
        "/sim/groups": page.add_group,
        "/sim/groups/{chat_id}/members": page.change_members,
        "/sim/groups/{chat_id}/migrate": page.migrate,
        "/sim/send": page.send,
        "/sim/edit": page.edit,
        "/sim/delete": page.delete,
        "/sim/press": page.press,
        "/sim/clock": page.set_clock,
        "/sim/story": page.play_story,
    }
    return [
        *(Route(path, _civil(handler), methods=["GET"]) for path, handler in gets.items()),
        *(Route(path, _civil(handler), methods=["POST"]) for path, handler in posts.items()),
        Mount("/static", StaticFiles(directory=static, check_dir=False)),
    ]


def _civil(handler: Handler) -> Handler:
    """Turn what a person may not do into {"error": sentence}."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refusal:
            return JSONResponse({"error": str(refusal)}, refusal.status)
        except (KeyError, TypeError, ValueError):
            return JSONResponse({"error": "Permintaan ini tidak lengkap atau salah bentuk."}, 400)

    return answered


class _Page:
    def __init__(self, world: World, static: Path) -> None:
        self.world = world
        self.static = static

    async def index(self, request: Request) -> Response:
        page = self.static / "index.html"
        if not page.is_file():
            raise Refused("Halaman simulator belum ada.", 404)
        return FileResponse(page, headers={"Cache-Control": "no-cache"})

    async def state(self, request: Request) -> Response:
        world = self.world
        return JSONResponse(
            {
                "now": world.clock.now().isoformat(),
                "timezone": world.timezone,
                "bot": {
                    **world.bot,
                    "commands": world.menus.seen_in(1, 1, "id"),
                    "description": world.descriptions.get(("description", ""), ""),
                },
                "people": [person.shown() for person in world.people.values()],
                "chats": [groups.shown(chat) for chat in world.chats.values()],
                "story": world.story.progress() if world.story else None,
            }
        )

    async def messages(self, request: Request) -> Response:
        chat = self.world.chat(int(request.path_params["chat_id"]))
        viewer = request.query_params.get("viewer")
        if viewer is not None and chat.members.get(int(viewer), "left") in ("left", "kicked"):
            raise Refused("Anda bukan anggota percakapan ini.", 403)
        return JSONResponse([message.shown() for message in chat.messages.values()])

    async def events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(self.world.events.listen(), media_type="text/event-stream", headers=headers)

    async def file(self, request: Request) -> Response:
        stored = self.world.files.get(request.path_params["file_id"])
        if stored is None:
            raise Refused("Berkas itu tidak ada.", 404)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
        if stored.mime_type.startswith(_INLINE_KINDS):
            return Response(stored.content, headers=headers, media_type=stored.mime_type)
        headers["Content-Disposition"] = "attachment"
        return Response(stored.content, headers=headers, media_type="application/octet-stream")

    async def add_person(self, request: Request) -> Response:
        given = await _fields(request)
        label = str(given["label"]).strip()
        if not label:
            raise Refused("Isi nama jabatan dahulu.")
        names = [str(given.get(name) or "").strip() or None for name in ("first_name", "last_name", "username")]
        person = self.world.add_person(label, *names)
        person.invite = given.get("invite")
        return JSONResponse(person.shown(), 201)

    async def block(self, request: Request) -> Response:
        person = self.world.person(int(request.path_params["user_id"]))
        if (await _fields(request))["blocked"]:
            person.block_bot()
        else:
            person.unblock_bot()
        return JSONResponse(person.shown())

    async def start(self, request: Request) -> Response:
        person = self.world.person(int(request.path_params["user_id"]))
        payload = (await _fields(request)).get("payload") or (None if person.started else person.invite)
        return _sent([person.start(payload)])

    async def add_group(self, request: Request) -> Response:
        given = await _fields(request)
        title = str(given["title"]).strip()
        members = [self.world.person(int(user_id)) for user_id in given["member_ids"]]
        if not title or not members:
            raise Refused("Grup perlu nama dan paling sedikit satu anggota.")
        chat = self.world.add_group(title, members[0], members[1:], with_bot=bool(given.get("add_bot", True)))
        return JSONResponse(groups.shown(chat), 201)

    async def change_members(self, request: Request) -> Response:
        """{"by": id, "add": id | "bot"} or {"by": id, "remove": id | "bot"}."""
        given = await _fields(request)
        chat = self.world.chat(int(request.path_params["chat_id"]))
        by = self.world.person(int(given["by"]))
        who = given["add"] if "add" in given else given["remove"]
        if who == "bot":
            (groups.add_bot if "add" in given else groups.remove_bot)(self.world, chat, by=by)
        else:
            change = groups.add_member if "add" in given else groups.remove_member
            change(self.world, chat, self.world.person(int(who)), by=by)
        return JSONResponse(groups.shown(chat))

    async def migrate(self, request: Request) -> Response:
        return JSONResponse(
            groups.shown(groups.migrate(self.world, self.world.chat(int(request.path_params["chat_id"]))))
        )

    async def send(self, request: Request) -> Response:
        given = await _fields(request)
        person, chat = self._who_and_where(given)
        reply_to = int(given["reply_to"]) if given.get("reply_to") else None
        location = given.get("location")
        if location:
            place = (float(location["latitude"]), float(location["longitude"]))
            return _sent([person.send_location(*place, chat=chat, reply_to=reply_to)])
        if given.get("sticker"):
            return _sent([person.send_sticker(str(given["sticker"]), chat=chat, reply_to=reply_to)])
        files = given.get("files") or []
        text = str(given.get("text") or "")
        if files:
            return _sent(_send_files(person, chat, files, text, reply_to, bool(given.get("as_document"))))
        return _sent(person.paste(text, chat=chat, reply_to=reply_to) or [person.say(text, chat=chat)])

    async def edit(self, request: Request) -> Response:
        given = await _fields(request)
        person, chat = self._who_and_where(given)
        return _sent([person.edit(int(given["message_id"]), str(given["text"]), chat=chat)])

    async def delete(self, request: Request) -> Response:
        given = await _fields(request)
        person, chat = self._who_and_where(given)
        person.delete(int(given["message_id"]), chat=chat)
        return JSONResponse({"ok": True})

    async def press(self, request: Request) -> Response:
        given = await _fields(request)
        person, chat = self._who_and_where(given)
        press = person.press(int(given["message_id"]), str(given["data"]), chat=chat)
        return JSONResponse({"callback_id": press.id})

    async def set_clock(self, request: Request) -> Response:
        given = await _fields(request)
        now = self.world.clock.now()
        moment = moment_of(given, now, self.world.timezone)
        if moment < now:
            raise Refused("Waktu simulasi hanya dapat dimajukan.", 409)
        return JSONResponse({"now": self.world.clock.set(moment).isoformat()})

    async def story(self, request: Request) -> Response:
        if self.world.story is None:
            raise Refused("Tidak ada cerita di simulator ini.", 404)
        return JSONResponse(self.world.story.progress())

    async def play_story(self, request: Request) -> Response:
        """{"action": "play" | "stop"}."""
        story = self.world.story
        if story is None:
            raise Refused("Tidak ada cerita di simulator ini.", 404)
        if (await _fields(request)).get("action", "play") == "stop":
            story.stop()
        else:
            story.play()
        return JSONResponse(story.progress())

    def _who_and_where(self, given: Json) -> tuple[Person, Chat]:
        return self.world.person(int(given["user_id"])), self.world.chat(int(given["chat_id"]))


def _send_files(
    person: Person, chat: Chat, files: list[Upload], text: str, reply_to: int | None, as_document: bool
) -> list[StoredMessage]:
    """Pictures go as photos (several as an album), the rest as documents; the text is the first one's caption."""
    caption: str | None = text or None
    kinds = [file.guessed_type() for file in files]
    if not as_document and all(kind in _INLINE_KINDS for kind in kinds):
        return person.send_photos(files, caption, chat=chat, reply_to=reply_to)
    sent = []
    for file, kind in zip(files, kinds, strict=True):
        if kind.startswith("audio/ogg"):
            sent.append(person.send_voice(file.content, caption=caption, chat=chat, reply_to=reply_to))
        elif kind.startswith("video/"):
            sent.append(person.send_video(file.content, caption=caption, chat=chat, reply_to=reply_to))
        else:
            sent.append(
                person.send_document(
                    file.content, file.name, mime_type=kind, caption=caption, chat=chat, reply_to=reply_to
                )
            )
        caption = None
    return sent


def _sent(messages: list[StoredMessage]) -> Response:
    return JSONResponse({"messages": [message.shown() for message in messages]})


async def _fields(request: Request) -> Json:
    """JSON body, or form fields with the uploads under "files"."""
    if int(request.headers.get("content-length") or 0) > _BODY_LIMIT:
        raise Refused("Berkas terlalu besar; batasnya 50 MB.", 413)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        fields: Json = {"files": []}
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    fields["files"].append(Upload(await value.read(), value.filename or "berkas", value.content_type))
                else:
                    fields[name] = value
        return fields
    body = await request.body()
    given = await request.json() if body else {}
    if not isinstance(given, dict):
        raise ValueError("a JSON object is expected")
    return given
