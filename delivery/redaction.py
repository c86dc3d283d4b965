"""Keeps secrets and people's words out of the logs: the token stands in every URL the client calls.

An error's own text may quote what a person wrote ("invalid literal: 'NIK 1209…'"), so it is shown only for errors
known to speak of other things; where it came from always is.
"""

from __future__ import annotations

import logging
import re
import traceback

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

HIDDEN = "[rahasia]"
_TOKEN = re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{30,}")
_START_CODE = re.compile(r"(?i:/start(?:@\w+)?\s+)\S+|(?<=[?&]start=)[\w-]+")
_PASSWORD = re.compile(r"(?<=://)[^\s:/@]*:\S+(?=@)")
"""In a database's address."""
_TELLING = (SQLAlchemyError, TelegramError, OSError, ImportError, AttributeError, TypeError, NameError, RuntimeError)
"""Errors whose text names code, tables, files or addresses. SQLAlchemy's leave out parameters (models.database)."""


class Redaction(logging.Filter):
    """Rewrites a record so that neither its message, its arguments nor its traceback shows a secret."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _START_CODE.sub(HIDDEN, _TOKEN.sub(HIDDEN, _PASSWORD.sub(HIDDEN, text)))

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self.hide(message), None
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None and not record.exc_text:
            record.exc_text = _where_and_what(record.exc_info[1])
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True


def _where_and_what(error: BaseException, known: frozenset[int] = frozenset()) -> str:
    """The traceback, with the text of each error in the chain only when it can't quote a person."""
    known |= {id(error)}
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [_where_and_what(before, known), "which led to:"] if before is not None and id(before) not in known else []
    parts.append("Traceback (most recent call last):\n" + "".join(traceback.format_tb(error.__traceback__)).rstrip())
    is_telling = isinstance(error, _TELLING) and not isinstance(error, UnicodeError)
    parts.append(f"{type(error).__name__}: {error if is_telling else HIDDEN}")
    if isinstance(error, BaseExceptionGroup):
        parts += [_where_and_what(inner, known) for inner in error.exceptions]
    return "\n".join(parts)


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
