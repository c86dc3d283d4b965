"""A defect of ours: the person is told, the admins hear of it once, and after it is mended nothing was lost."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from console import check
from console import set_aside as command
from console.run import APOLOGY
from delivery.dispatcher import Dispatcher
from delivery.inbox import inbox
from delivery.intake import store_updates
from models.mailbox import InboxState, Incoming
from models.reports import Report
from models.set_aside import throw_away
from tests.cast import Person
from tests.operations.conftest import Office, stamp


class Defect:
    """The bot with a handler that raises at some words, until it is mended."""

    def __init__(self, office: Office) -> None:
        self.office, self.mended, self._next = office, False, 5000
        self.dispatcher = Dispatcher(office.cast.database, office.cast.clock, self._handle, apology=APOLOGY)

    async def _handle(self, session: AsyncSession, raw: dict[str, Any]) -> None:
        if not self.mended and "lahan" in str(raw):
            raise RuntimeError("a defect of ours")
        await self.office.cast.application.handle(session, raw)

    async def meets(self, person: Person, text: str) -> int:
        """The person writes it, and the dispatcher does what it can; returns the update's id."""
        cast, self._next = self.office.cast, self._next + 1
        chat = {"id": person.telegram_id, "type": "private"}
        message = {"message_id": self._next, "date": cast.unix_time(), "from": person.user, "chat": chat, "text": text}
        async with cast.database.writing() as session:
            await store_updates(session, [{"update_id": self._next, "message": message}], cast.clock.now())
        await self.works()
        return self._next

    async def works(self) -> None:
        database = self.office.cast.database
        while True:
            while await self.dispatcher.step():
                pass
            async with database.writing() as session:  # the pause before the next try is over
                waiting = inbox.c.state == InboxState.WAITING.value
                await session.execute(inbox.update().where(waiting).values(lease_until=None))
                if not (await session.scalars(select(Incoming).where(waiting).limit(1))).all():
                    break
        await self.office.cast.delivers()


@pytest.fixture
async def defect(office: Office) -> Defect:
    stamp(office)
    return Defect(office)


async def test_the_admins_are_told_once_and_what_was_set_aside_is_made_up_for(office: Office, defect: Defect) -> None:
    cast, camat, admin = office.cast, office.camat, office.admin
    await defect.meets(camat, "sudah 70%, lahan siap tanam")
    assert "admin sudah diberi tahu" in camat.last.text
    await cast.time_passes(seconds=15)
    assert "1 pesan gagal diproses" in admin.last.text
    seen = len(admin.screen.messages)

    await defect.meets(camat, "sudah 75%, lahan ditanami")
    await cast.time_passes(seconds=15)
    assert len(admin.screen.messages) == seen, "what follows is told together, once an hour"
    await cast.time_passes(hours=1)
    assert "1 pesan gagal diproses" in admin.last.text
    assert len(admin.screen.messages) == seen + 1
    await cast.time_passes(hours=2)
    assert len(admin.screen.messages) == seen + 1, "once"
    with pytest.raises(Exception, match="2 disisihkan"):
        await check._messages(cast.settings)

    defect.mended = True
    assert await command._main(cast.settings, retry=True, drop=False) == 0
    await defect.works()
    async with cast.database.reading() as session:
        texts = list(await session.scalars(select(Report.text).order_by(Report.id)))
    assert texts[-2:] == ["sudah 70%, lahan siap tanam", "sudah 75%, lahan ditanami"]
    assert "tidak ada yang disisihkan" in await check._messages(cast.settings)


async def test_what_fails_again_is_told_again(office: Office, defect: Defect) -> None:
    await defect.meets(office.camat, "lahan")
    await office.cast.time_passes(seconds=15)
    await command._main(office.cast.settings, retry=True, drop=False)
    await defect.works()
    await office.cast.time_passes(hours=1)
    told = [shown for shown in office.admin.screen.messages if "gagal diproses" in shown.text]
    assert len(told) == 2
    apologies = [shown for shown in office.camat.screen.messages if "belum dapat kami proses" in shown.text]
    assert len(apologies) == 1, "the person is told once"


async def test_the_list_names_who_and_why_but_not_the_words(
    office: Office, defect: Defect, capsys: pytest.CaptureFixture[str]
) -> None:
    update_id = await defect.meets(office.camat, "lahan rahasia")
    await command._main(office.cast.settings, retry=False, drop=False)
    listed = capsys.readouterr().out
    assert "Budi Santoso, Camat Air Joman" in listed
    assert f"(message {update_id}): RuntimeError: a defect of ours" in listed
    assert "rahasia" not in listed
    await command._main(office.cast.settings, retry=False, drop=True)
    assert "1 pesan dibuang" in capsys.readouterr().out
    async with office.cast.database.writing() as session:
        assert await throw_away(session) == 0
