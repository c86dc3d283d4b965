"""What only an admin can mend: said to every admin, at most once for each occasion."""

from __future__ import annotations

import errno
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from config import Settings
from models.mailbox import Urgency
from models.people import Role, members_in
from presentation.chat import render
from presentation.mail import Mail


async def tell_admins(session: AsyncSession, now: datetime, occasion: str, template: str, **data: Any) -> None:
    """Send the template to every admin, unless that was done for this occasion ("disk_full:2026-01-23")."""
    text = render(template, **data)
    for admin in await members_in(session, Role.ADMIN):
        await Mail(session, now).say(
            admin, text, kind="alarm", urgency=Urgency.REMINDER, dedupe_key=f"{occasion}:{admin.id}"
        )


async def tell_if_disk_full(
    session: AsyncSession, settings: Settings, now: datetime, problem: Exception, what: str
) -> None:
    """Tell the admins, once a day, when it is for want of room that `what` could not be stored."""
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        day = now.astimezone(settings.zone).date()
        await tell_admins(session, now, f"disk_full:{day}", "disk_full", what=what)
