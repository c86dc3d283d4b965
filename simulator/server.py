"""The web application: the Bot API, the files behind it, and the page for people."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator import web
from simulator.bot_api.endpoint import BotApi, check_token, encode
from simulator.bot_api.errors import ApiError
from simulator.files import DOWNLOAD_LIMIT
from simulator.world import World

STATIC = Path(__file__).parent / "static"


def create_app(world: World) -> Starlette:
    """ASGI application for one world: `/bot<token>/<method>`, `/file/bot<token>/<path>`, `/sim/…`, `/` and `/static`."""

    async def download(request: Request) -> Response:
        """A file by the `file_path` that getFile gave."""
        try:
            check_token(world, request.path_params["token"])
            stored = world.files.at(request.path_params["path"])
            if stored is None or stored.size > DOWNLOAD_LIMIT:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return Response(encode(error.body()), error.code, media_type="application/json")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(stored.name)}"}
        return Response(stored.content, headers=headers, media_type="application/octet-stream")

    routes = [
        Route("/bot{token}/{method}", BotApi(world), methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
        *web.routes(world, STATIC),
    ]
    return Starlette(routes=routes)
