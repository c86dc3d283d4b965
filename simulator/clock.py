"""The simulated time: real time plus an offset that people can move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimClock:
    """A running clock. `now()` is aware and in UTC; `start` (aware) is what it shows when created, default: real time."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta()
        self._listeners: list[Callable[[datetime], None]] = []
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by `by` (negative goes back) and return the new present."""
        self._offset += by
        return self._moved()

    def set(self, moment: datetime) -> datetime:
        """Make it `moment`, which must be aware, and return the new present."""
        if moment.tzinfo is None:
            raise ValueError("SimClock.set needs a moment with a time zone")
        self._offset = moment.astimezone(UTC) - datetime.now(UTC)
        return self._moved()

    def on_change(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener(now)` whenever the clock is moved by hand."""
        self._listeners.append(listener)

    def _moved(self) -> datetime:
        now = self.now()
        for listener in self._listeners:
            listener(now)
        return now
