"""Parameters of a call, whichever way the bot sends them: query string, form, JSON or multipart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from simulator.bot_api.errors import ApiError, bad_request
from simulator.files import UPLOAD_LIMIT, Upload

Json = dict[str, Any]

_FORM_LIMIT = 1024 * 1024


@dataclass(slots=True, frozen=True)
class RawCall:
    """Untyped parameters, and uploads by the name of their part."""

    params: Json
    uploads: dict[str, Upload]


async def read_call(request: Request) -> RawCall:
    """Read a request to `/bot<token>/<method>`. Raises ApiError 400 or 413."""
    query = request.scope["query_string"]
    params: Json = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {}
    if request.method != "POST":
        return RawCall(params, {})
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, params)
    body = await request.body()
    if not body:
        return RawCall(params, {})
    if kind == "application/json":
        try:
            given = json.loads(body)
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(given, dict):
            raise bad_request("object expected")
        params.update(given)
    elif kind == "application/x-www-form-urlencoded":
        params.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    else:
        raise bad_request("unsupported content type")
    return RawCall(params, {})


async def _multipart(request: Request, params: Json) -> RawCall:
    length = int(request.headers.get("content-length") or 0)
    if length > UPLOAD_LIMIT + _FORM_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    uploads: dict[str, Upload] = {}
    async with request.form(max_part_size=_FORM_LIMIT) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                if len(content) > UPLOAD_LIMIT:
                    raise ApiError(413, "Request Entity Too Large")
                uploads[name] = Upload(content, value.filename or name, value.content_type)
            else:
                params[name] = value
    return RawCall(params, uploads)
