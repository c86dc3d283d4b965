"""Telegram on this machine: a Bot API server with its rules enforced, people who use it, and a page to watch them.

The package knows the Bot API alone and never imports the bot. All state is in memory.
"""

from __future__ import annotations

from simulator.chats import Chat, StoredMessage
from simulator.clock import SimClock
from simulator.limits import Limits
from simulator.people import NotSeen, Person
from simulator.presses import Answer, Press
from simulator.refusal import Refused
from simulator.running import RunningSimulator, run_simulator
from simulator.server import create_app
from simulator.world import World

__all__ = [
    "Answer",
    "Chat",
    "Limits",
    "NotSeen",
    "Person",
    "Press",
    "Refused",
    "RunningSimulator",
    "SimClock",
    "StoredMessage",
    "World",
    "create_app",
    "run_simulator",
]
