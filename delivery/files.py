"""Files in both directions: what people sent, fetched from Telegram; what we send, opened under one folder."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from delivery.telegram import KawalBot

FETCH_SECONDS = 300.0


class FetchError(Exception):
    """A file could not be fetched."""


class TooBig(FetchError):
    """It is larger than the limit, ours or Telegram's 20 MB."""


class Gone(FetchError):
    """Telegram does not have it any more."""


class TryAgain(FetchError):
    """Not now: the network, or Telegram, is away."""


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """What arrived: its size in bytes and its SHA-256 in hex."""

    size: int
    sha256: str


async def fetch(bot: KawalBot, file_id: str, target: Path, limit_bytes: int) -> FetchedFile:
    """Download a file people sent. `target` exists complete or not at all.

    Raises TooBig, Gone or TryAgain; OSError when it can't be stored here, so that a full disk is known for one.
    """
    path = await _remote_path(bot, file_id)
    # The address holds the token: it must appear in no error.
    address = path if path.startswith("http") else f"{bot.base_file_url}/{path}"
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            fetched = await _download(address, part, limit_bytes)
        part.replace(target)
    except (httpx.HTTPError, TimeoutError) as error:
        raise TryAgain(f"the download broke off: {type(error).__name__}") from None
    finally:
        part.unlink(missing_ok=True)
    return fetched


async def _remote_path(bot: KawalBot, file_id: str) -> str:
    try:
        answer = await bot.call("getFile", {"file_id": file_id})
    except BadRequest as error:
        raise (TooBig if "too big" in str(error).lower() else Gone)(str(error)) from None
    except TelegramError as error:
        raise TryAgain(str(error)) from None
    path = answer.get("file_path") if isinstance(answer, dict) else None
    if not isinstance(path, str):
        raise Gone("Telegram gave no path for the file")
    return path


async def _download(address: str, part: Path, limit_bytes: int) -> FetchedFile:
    digest, size = hashlib.sha256(), 0
    async with httpx.AsyncClient(timeout=30) as client, client.stream("GET", address) as response:
        if response.status_code in (400, 403, 404, 410):
            raise Gone(f"the file server answered {response.status_code}")
        if response.status_code != httpx.codes.OK:
            raise TryAgain(f"the file server answered {response.status_code}")
        with part.open("wb") as out:
            async for chunk in response.aiter_bytes(1 << 16):
                size += len(chunk)
                if size > limit_bytes:
                    raise TooBig(f"larger than {limit_bytes} bytes")
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    return FetchedFile(size=size, sha256=digest.hexdigest())


async def attach(payload: Mapping[str, Any], directory: Path) -> tuple[dict[str, Any], dict[str, InputFile]]:
    """The payload with each `{"$file": path}` taken out, and the files opened, by name of their part.

    Raises FileNotFoundError, or ValueError for a path that leads out of `directory`.
    """
    files: dict[str, InputFile] = {}
    parameters: dict[str, Any] = {}
    for name, value in payload.items():
        if _is_file(value):
            files[name] = await _open(value, directory, attach=False)
        else:
            parameters[name] = await _attach_within(value, directory, files)
    return parameters, files


async def _attach_within(value: Any, directory: Path, files: dict[str, InputFile]) -> Any:
    if _is_file(value):
        file = await _open(value, directory, attach=True)
        assert file.attach_name is not None
        files[file.attach_name] = file
        return file.attach_uri
    if isinstance(value, dict):
        return {key: await _attach_within(part, directory, files) for key, part in value.items()}
    if isinstance(value, list):
        return [await _attach_within(part, directory, files) for part in value]
    return value


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and "$file" in value


async def _open(value: Mapping[str, Any], directory: Path, *, attach: bool) -> InputFile:
    content = await asyncio.to_thread(_read_under, directory, str(value["$file"]))
    name = value.get("$name") or Path(str(value["$file"])).name
    return InputFile(content, filename=str(name), attach=attach)


def _read_under(directory: Path, relative: str) -> bytes:
    root = directory.resolve()
    path = (root / relative).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"{relative} is not under the files directory")
    return path.read_bytes()
