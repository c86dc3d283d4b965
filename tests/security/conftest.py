"""People who try everything, one thing after another."""

from __future__ import annotations

import pytest

from handlers.gate import Gate
from handlers.pace import Rate
from tests.cast import Cast
from tests.security.stage import Stage, set_the_stage


@pytest.fixture
async def stage(cast: Cast) -> Stage:
    unhurried(cast)
    return await set_the_stage(cast)


def unhurried(cast: Cast) -> None:
    """How fast somebody may write is told in test_pace; here everybody tries things by the hundred."""
    for handlers in cast.application.handlers.values():
        for handler in handlers:
            gate = getattr(handler.callback, "__self__", None)
            if isinstance(gate, Gate):
                gate.messages_pace.rate = gate.presses_pace.rate = Rate(1e9, 1e9)
