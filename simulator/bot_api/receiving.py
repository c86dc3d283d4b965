"""Methods by which the bot gets updates and files."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.bot_api.call import ApiCall
from simulator.bot_api.errors import ApiError, bad_request
from simulator.files import DOWNLOAD_LIMIT

Json = dict[str, Any]

LONGEST_POLL = 50

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


async def get_updates(call: ApiCall) -> bytes:
    """A JSON array, encoded already."""
    params, world = call.params, call.world
    if world.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    world.updates.allow(params.get("allowed_updates"))
    limit = params.get("limit", 100)
    limit = limit if 0 < limit <= 100 else 100
    timeout = 0 if world.closing else min(max(params.get("timeout", 0), 0), LONGEST_POLL)
    return await world.updates.poll(params.get("offset", 0), limit, timeout)


def set_webhook(call: ApiCall) -> bool:
    params, world = call.params, call.world
    url = params.get("url") or ""
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    # Plain http is let through to this machine only, as with a local Bot API server.
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.get("secret_token")
    if secret and len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        world.webhook.drop_pending()
    world.webhook.set(url, secret, min(max(params.get("max_connections", 40), 1), 100))
    return True


def delete_webhook(call: ApiCall) -> bool:
    world = call.world
    world.webhook.set("", None, 40)
    if call.params.get("drop_pending_updates"):
        world.webhook.drop_pending()
    return True


def get_webhook_info(call: ApiCall) -> Json:
    return call.world.webhook.info()


def get_file(call: ApiCall) -> Json:
    stored = call.world.files.get(call.params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.identity(), "file_path": stored.path}
