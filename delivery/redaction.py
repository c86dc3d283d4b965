"""Keeps secrets out of the logs: the token stands in every URL the client calls."""

from __future__ import annotations

import logging
import re

HIDDEN = "[rahasia]"
_TOKEN = re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{30,}")
_START_CODE = re.compile(r"(?<=/start )\S+|(?<=[?&]start=)[\w-]+")


class Redaction(logging.Filter):
    """Rewrites a record so that neither its message, its arguments nor its traceback shows a secret."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _START_CODE.sub(HIDDEN, _TOKEN.sub(HIDDEN, text))

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self.hide(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True


def install(*secrets: str) -> Redaction:
    """Put the filter on every handler of the root logger, and quiet the libraries that log each URL.

    Call it after the handlers are set up.
    """
    redaction = Redaction(*secrets)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redaction)
    for name in ("httpx", "httpcore", "telegram", "apscheduler", "aiosqlite", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return redaction
