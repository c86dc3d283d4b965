"""Stories: people who act one after another and wait for what the bot says, so that a newcomer can watch the main job.

A story fails loudly: a step that does not see what it expects ends it with the step's number and the reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.chats import StoredMessage
from simulator.files import Upload
from simulator.people import MessageRef, NotSeen, Person, Wanted
from simulator.presses import Answer, NoAnswer
from simulator.refusal import Refused
from simulator.world import World

Json = dict[str, Any]

DATA = Path(__file__).parent / "data"


class StoryFailed(AssertionError):
    """A step did not happen. `str()` is an Indonesian sentence with the step's number."""


@dataclass(slots=True)
class Pace:
    """`rest` seconds after each tap and word, `patience` seconds of waiting for the bot."""

    rest: float = 0.6
    patience: float = 30.0


class Actor:
    """A person who plays a part: acts at a pace that can be followed, and waits for the bot."""

    def __init__(self, person: Person, pace: Pace) -> None:
        self.person = person
        self.pace = pace

    async def joins(self, code: str) -> None:
        """Open the invite link. Who has joined before is left alone."""
        if not self.person.started:
            self.person.start(code)
            await self._rest()

    async def says(self, text: str, reply_to: MessageRef | None = None) -> StoredMessage:
        said = self.person.paste(text, reply_to=reply_to)
        await self._rest()
        return said[-1]

    async def shows_photos(
        self, names: Sequence[str], caption: str, reply_to: MessageRef | None = None
    ) -> list[StoredMessage]:
        """Send pictures out of `data/photos`; several become an album."""
        uploads = [Upload((DATA / "photos" / name).read_bytes(), name) for name in names]
        sent = self.person.send_photos(uploads, caption, reply_to=reply_to)
        await self._rest()
        return sent

    async def presses(self, label: str, on: MessageRef) -> Answer:
        """Press a button by its label and wait until it stops spinning."""
        press = self.person.press(on, label)
        answer = await press.answered(self.pace.patience)
        await self._rest()
        return answer

    async def sees(self, text: Wanted = "", button: str | None = None) -> StoredMessage:
        """Wait for a message of the bot with this text and button, sent or changed since the last own action."""
        seen = await self.person.expect(text, button=button, within=self.pace.patience)
        await self._rest()
        return seen

    async def sees_picture(self, text: Wanted = "", button: str | None = None) -> StoredMessage:
        """Like `sees`, and it has to be a picture."""
        seen = await self.sees(text, button)
        if "photo" not in seen.body:
            raise NotSeen(f"{self.person.label} menerima pesan tanpa gambar: {seen.text[:80]}")
        return seen

    async def sees_file(self, ending: str, text: Wanted = "") -> StoredMessage:
        """Like `sees`, and it has to be a file with this ending that is not empty."""
        seen = await self.sees(text)
        document = seen.body.get("document", {})
        if not document.get("file_name", "").endswith(ending) or not document.get("file_size"):
            raise NotSeen(f"{self.person.label} menerima pesan tanpa berkas {ending}: {seen.text[:80]}")
        return seen

    async def _rest(self) -> None:
        await asyncio.sleep(self.pace.rest)


@dataclass(slots=True, frozen=True)
class Step:
    """`narration` is an Indonesian sentence; `who` acts; `act` does it and waits for the bot."""

    narration: str
    who: Person
    act: Callable[[], Awaitable[None]]


class Story:
    """A list of steps that can be played once per world, in the background (`play`) or awaited (`run`)."""

    def __init__(self, world: World, steps: Sequence[Step]) -> None:
        self._world = world
        self._steps = list(steps)
        self._task: asyncio.Task[None] | None = None
        self._state = "idle"
        self._at = 0
        self._error: str | None = None

    def play(self) -> None:
        """Start playing in the background. Raises Refused when it was started before."""
        if self._state != "idle":
            raise Refused("Cerita hanya dapat diputar sekali; jalankan ulang demo untuk memutarnya lagi.", 409)
        self._state = "playing"
        self._task = asyncio.get_running_loop().create_task(self._play())

    def stop(self) -> None:
        """End a story that plays in the background."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            self._state = "stopped"
            self._publish()

    async def run(self) -> None:
        """Play to the end. Raises StoryFailed when a step does not happen."""
        await self._play()
        if self._error is not None:
            raise StoryFailed(self._error)

    def progress(self) -> Json:
        """{"state": idle | playing | done | failed | stopped, "step", "total", "narration", "person_id", "error"?}."""
        step = self._steps[self._at - 1] if self._at else None
        progress: Json = {
            "state": self._state,
            "step": self._at,
            "total": len(self._steps),
            "narration": step.narration if step else "",
            "person_id": step.who.id if step else None,
        }
        if self._error:
            # What the person saw instead is for the terminal; the page shows the screen itself.
            progress["error"] = self._error.partition("\n")[0]
        return progress

    async def _play(self) -> None:
        self._state = "playing"
        try:
            for number, step in enumerate(self._steps, start=1):
                self._at = number
                self._publish()
                await step.act()
            self._state = "done"
        except (NotSeen, NoAnswer, Refused) as reason:
            self._state = "failed"
            self._error = f"Langkah {self._at} tidak berhasil: {reason}"
        self._publish()

    def _publish(self) -> None:
        self._world.events.publish("story", **self.progress())
