"""Files in a call: uploaded with it, attached by name, or known by file_id."""

from __future__ import annotations

from typing import Any

from simulator import content as contents
from simulator.bot_api.call import ApiCall
from simulator.bot_api.errors import bad_request
from simulator.bot_api.texts import caption_content
from simulator.files import PHOTO_LIMIT, StoredFile, Upload
from simulator.pictures import measure

Json = dict[str, Any]


def file_for(call: ApiCall, kind: str, value: str | None, part: str | None = None) -> StoredFile:
    """The file named by `value` (file_id or attach://part) or uploaded as `part`. Raises ApiError 400."""
    if part is not None and part in call.uploads:
        return _keep(call, kind, call.uploads[part])
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith("attach://"):
        upload = call.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return _keep(call, kind, upload)
    if value.startswith(("http://", "https://")):
        # There is no internet behind the simulator.
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.get(value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def media_content(call: ApiCall, item: Json) -> Json:
    """Message content of one InputMedia object, caption included."""
    kind = item["type"]
    if kind not in ("photo", "video", "document", "audio"):
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    if not item.get("media"):
        raise bad_request("can't parse InputMedia: media not found")
    stored = file_for(call, kind, item["media"])
    described = contents.of_file(stored, item.get("duration", 0), item.get("width", 0), item.get("height", 0))
    return described | caption_content(item)


def _keep(call: ApiCall, kind: str, upload: Upload) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(upload)
    return call.world.files.add(kind, upload)


def _check_photo(upload: Upload) -> None:
    if len(upload.content) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    picture = measure(upload.content)
    if picture is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    sides = sorted((picture.width, picture.height))
    if sides[0] == 0 or sum(sides) > 10_000 or sides[1] > 20 * sides[0]:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
