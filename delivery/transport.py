"""HTTP to the Bot API on kept connections, at a third of the general client's cost. Files and proxies go through that."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import h11
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

CONNECT_SECONDS = 10.0
IDLE_SECONDS = 20.0
"""A connection unused for longer is not used again: the server may be closing it, and then a call is in doubt."""
RESPONSE_LIMIT = 1 << 25


class NotSent(NetworkError):
    """The request provably never left."""


class _Connection:
    """One connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.CLIENT)
        self.idle_since = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        in_use_lately = time.monotonic() - self.idle_since < IDLE_SECONDS
        return in_use_lately and not self._reader.at_eof() and not self._writer.is_closing()

    async def exchange(self, request: h11.Request, body: bytes) -> tuple[int, bytes]:
        http = self._http
        parts = (http.send(request), http.send(h11.Data(data=body)), http.send(h11.EndOfMessage()))
        self._writer.write(b"".join(part for part in parts if part))
        status, answer = 0, bytearray()
        while True:
            event = http.next_event()
            if event is h11.NEED_DATA:
                http.receive_data(await self._reader.read(1 << 16))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                answer += event.data
                if len(answer) > RESPONSE_LIMIT:
                    raise NetworkError("the response has no end")
            elif isinstance(event, h11.EndOfMessage):
                return status, bytes(answer)
            elif not isinstance(event, h11.InformationalResponse):
                raise NetworkError("the connection was closed in the middle of the response")

    def ready_again(self) -> bool:
        """Whether it can take another request; if so, it is ready for it."""
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        self.idle_since = time.monotonic()
        return True

    def close(self) -> None:
        self._writer.close()


class LeanRequest(BaseRequest):
    """python-telegram-bot's way to the network. `context` is for https; `read_timeout` is in seconds."""

    def __init__(self, context: Callable[[], ssl.SSLContext], *, read_timeout: float) -> None:
        self._context = context
        self._read_timeout = read_timeout
        self._idle: dict[tuple[str, str, int], list[_Connection]] = {}
        self._general: HTTPXRequest | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing to do: connections are made when they are needed."""

    async def shutdown(self) -> None:
        """Close the connections. A later call opens new ones."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()
        if self._general is not None:
            await self._general.shutdown()
            self._general = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the request and return status and body.

        Raises NotSent when nothing left this machine, TimedOut and NetworkError when what became of it is unknown.
        """
        address = urlsplit(url)
        host, secure = address.hostname or "", address.scheme == "https"
        if (request_data and request_data.contains_files) or _needs_proxy(address.scheme, host):
            return await self._through_general_client(url, method, request_data)
        body = urlencode(request_data.json_parameters).encode() if request_data else b""
        request = h11.Request(
            method=method,
            target=address.path or "/",
            headers=[
                ("Host", address.netloc),
                ("User-Agent", self.USER_AGENT),
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Content-Length", str(len(body))),
            ],
        )
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        origin = (address.scheme, host, address.port or (443 if secure else 80))
        connection = await self._connection(origin)
        try:
            async with asyncio.timeout(seconds):
                answer = await connection.exchange(request, body)
        except TimeoutError as error:
            raise TimedOut from error
        except (OSError, h11.ProtocolError) as error:
            raise NetworkError(f"{type(error).__name__} while waiting for the response") from error
        finally:
            self._put_back(origin, connection)
        return answer

    async def _connection(self, origin: tuple[str, str, int]) -> _Connection:
        idle = self._idle.setdefault(origin, [])
        while idle:
            connection = idle.pop()
            if connection.is_fresh:
                return connection
            connection.close()
        scheme, host, port = origin
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                context = self._context() if scheme == "https" else None
                return _Connection(*await asyncio.open_connection(host, port, ssl=context))
        except OSError as error:  # TimeoutError and SSLError are among them
            raise NotSent(f"no connection to {host}: {type(error).__name__}") from error

    def _put_back(self, origin: tuple[str, str, int], connection: _Connection) -> None:
        # After a failure, or when the caller gave up, it is in the middle of something.
        if connection.ready_again():
            self._idle.setdefault(origin, []).append(connection)
        else:
            connection.close()

    async def _through_general_client(
        self, url: str, method: str, request_data: RequestData | None
    ) -> tuple[int, bytes]:
        if self._general is None:
            self._general = HTTPXRequest(
                connection_pool_size=16, connect_timeout=CONNECT_SECONDS, read_timeout=self._read_timeout,
                write_timeout=20, media_write_timeout=60, pool_timeout=5,
                httpx_kwargs={"verify": self._context() if url.startswith("https:") else False},
            )  # fmt: skip
        return await self._general.do_request(url, method, request_data)


def _needs_proxy(scheme: str, host: str) -> bool:
    proxies = getproxies()
    if scheme not in proxies and "all" not in proxies:
        return False
    with suppress(OSError):
        return not cast("Any", proxy_bypass(host))
    return True
