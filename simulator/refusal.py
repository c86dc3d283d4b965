"""What a person cannot do, said in Indonesian."""

from __future__ import annotations


class Refused(Exception):
    """An action of a person that Telegram's own apps would not allow. `str()` is an Indonesian sentence."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
