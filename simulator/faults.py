"""Failures on demand: what the network and Telegram do to a bot on a bad day."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.bot_api.errors import ApiError


@dataclass(slots=True)
class Fault:
    """One planned failure. `kind`: error, drop (answer lost), silence (never answered), garbage (not JSON)."""

    kind: str
    method: str | None
    chat_id: int | None
    times: int
    error: ApiError | None = None
    processed: bool = True

    def hits(self, method: str, chat_id: int | None) -> bool:
        return (
            self.times > 0
            and (self.method is None or self.method.lower() == method.lower())
            and (self.chat_id is None or self.chat_id == chat_id)
        )


@dataclass(slots=True)
class Faults:
    """Switches for tests. Each plans a failure for the next `times` calls that match; `method=None` means any."""

    latency: float = 0.0
    """Seconds added before every answer."""
    planned: list[Fault] = field(default_factory=list)

    def fail(
        self, method: str | None = None, *, times: int = 1, code: int = 500, description: str = "Internal Server Error"
    ) -> None:
        """Answer with an error and do nothing."""
        self._plan(Fault("error", method, None, times, ApiError(code, description)))

    def too_many(
        self, method: str | None = None, *, retry_after: int = 1, times: int = 1, chat_id: int | None = None
    ) -> None:
        """Answer 429 for one chat or for all."""
        self._plan(Fault("error", method, chat_id, times, ApiError.too_many(retry_after)))

    def drop_response(self, method: str | None = None, *, times: int = 1, chat_id: int | None = None) -> None:
        """Do what is asked, then close the connection in the middle of the answer."""
        self._plan(Fault("drop", method, chat_id, times))

    def never_answer(
        self, method: str | None = None, *, times: int = 1, processed: bool = True, chat_id: int | None = None
    ) -> None:
        """Keep the caller waiting until it gives up; `processed` says whether the call takes effect."""
        self._plan(Fault("silence", method, chat_id, times, processed=processed))

    def bad_json(self, method: str | None = None, *, times: int = 1) -> None:
        """Do what is asked and answer 200 with something that is not JSON."""
        self._plan(Fault("garbage", method, None, times))

    def clear(self) -> None:
        self.latency = 0.0
        self.planned.clear()

    def next_for(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up and return the first planned fault that matches this call."""
        for fault in self.planned:
            if fault.hits(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None

    def _plan(self, fault: Fault) -> None:
        self.planned.append(fault)
