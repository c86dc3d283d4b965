"""The routing table: what leads where, and which right it needs. One screen."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from handlers import help_, messages
from handlers.gate import Command, Gate, Press, Step
from handlers.office import Office
from handlers.rights import Deed

COMMANDS = (
    Command("bantuan", help_.show_help, Deed.TALK, in_groups=True),
    Command("batal", help_.leave_off, Deed.TALK),
)

PRESSES: tuple[Press, ...] = ()

STEPS: tuple[Step, ...] = ()


def register(application: Application[Any, Any, Any, Any, Any, Any], office: Office) -> Gate:
    """Lead every update of the application through the gate."""
    gate = Gate(
        office=office,
        commands={command.name: command for command in COMMANDS},
        presses={press.verb: press for press in PRESSES},
        steps={step.name: step for step in STEPS},
        unprompted=messages.unprompted,
        edited=messages.edited,
    )
    application.add_handler(CallbackQueryHandler(gate.on_press))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, gate.on_edited))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, gate.on_message))
    return gate
