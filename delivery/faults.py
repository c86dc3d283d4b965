"""Named places where a test may have the process die, to show that dying there loses and doubles nothing."""

from __future__ import annotations

import os
import signal

_armed = os.environ.get("KAWAL_FAULT", "")


def fault_point(name: str) -> None:
    """Does nothing, unless the environment's KAWAL_FAULT is this name: then the process is killed on the spot."""
    if _armed and _armed == name:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
