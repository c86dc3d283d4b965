"""Named places where a test may have the process die, to show that dying there loses and doubles nothing."""

from __future__ import annotations

import os
import signal

POINTS = (
    "intake.before_commit",
    "intake.after_commit",
    "dispatcher.after_claim",
    "dispatcher.before_commit",
    "dispatcher.after_commit",
    "sender.before_commit",
    "sender.after_commit",
    "sender.after_call",
)
"""The places of delivery. Each job has two of its own: "NAME.before_commit" and "NAME.after_commit"."""
_countdown: dict[str, int] = {}


def arm(where: str) -> None:
    """Have the process killed at a named place: "sender.after_call", or "sender.after_call:3" for the third time."""
    name, _, times = where.partition(":")
    _countdown.clear()
    if name:
        _countdown[name] = int(times or 1)


def fault_point(name: str) -> None:
    """Does nothing, unless this place is armed: then the process is killed on the spot."""
    if _countdown and name in _countdown:
        _countdown[name] -= 1
        if _countdown[name] <= 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


arm(os.environ.get("KAWAL_FAULT", ""))
