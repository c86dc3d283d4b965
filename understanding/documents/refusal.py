"""The one error of this room: a file that cannot be read, and what the sender can do about it."""

from __future__ import annotations


class UnreadableDocument(ValueError):
    """A file without text the bot can use; the message is an Indonesian sentence for the person who sent it."""
