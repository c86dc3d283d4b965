"""bot.py as a process of its own, against the simulator: what an admin types and what comes out."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from config import load_settings
from console import invite
from models.people import Capacity, Role
from simulator.people import Person
from simulator.running import RunningSimulator

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\?start=([A-Za-z0-9_-]+)")


class BotProcess:
    """One installation: a folder with config.toml, database and files; started and killed at will."""

    def __init__(self, folder: Path, simulator: RunningSimulator) -> None:
        self.folder, self.simulator = folder, simulator
        self.config = folder / "config.toml"
        self.config.write_text(
            f'[telegram]\ntoken = "{simulator.world.token}"\napi_url = "{simulator.url}"\n'
            '[database]\nurl = "sqlite:///kawal.sqlite"\n[files]\ndirectory = "files"\n',
            encoding="utf-8",
        )
        self.database_url = f"sqlite:///{folder / 'kawal.sqlite'}"
        self.output: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def start(self, *, until: str = "Kawal berjalan") -> None:
        """Start `bot.py run` and wait until it prints that it runs."""
        self._process = await self._spawn("run", "--config", str(self.config))
        ready = asyncio.Event()
        self._reading = asyncio.create_task(self._read(self._process, until, ready))
        async with asyncio.timeout(30):
            await ready.wait()
        assert any(until in line for line in self.output), "\n".join(self.output[-30:])

    async def kill(self) -> None:
        """SIGKILL: no goodbye."""
        assert self._process is not None
        self._process.kill()
        await self._gone()

    async def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        await self._gone()
        assert self._process.returncode == 0, "\n".join(self.output[-20:])

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def types(
        self, *arguments: str, stdin: str | None = None, environment: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Run another sub-command to its end; its status and everything it printed."""
        process = await self._spawn(*arguments, stdin=stdin is not None, environment=environment)
        async with asyncio.timeout(120):
            printed, _ = await process.communicate(stdin.encode() if stdin is not None else None)
        assert process.returncode is not None
        return process.returncode, printed.decode()

    async def invites(self, role: str, unit: str | None = None, *, typed: bool = False) -> str:
        """A code from `bot.py invite`. Unless it is `typed`, the command runs here: starting a process takes seconds."""
        if typed:
            unit_words = ["--unit", unit] if unit else []
            status, printed = await self.types("invite", "--config", str(self.config), "--role", role, *unit_words)
        else:
            settings = load_settings(self.config)
            with redirect_stdout(StringIO()) as out:
                status = await asyncio.to_thread(invite.main, settings, Role(role), unit, None, Capacity.DEFINITIF)
            printed = out.getvalue()
        assert status == 0, printed
        found = CODE.search(printed)
        assert found is not None, printed
        return found[1]

    async def _spawn(
        self, *arguments: str, stdin: bool = False, environment: dict[str, str] | None = None
    ) -> asyncio.subprocess.Process:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KAWAL_")}
        return await asyncio.create_subprocess_exec(
            sys.executable, "-u", str(ROOT / "bot.py"), *arguments, cwd=self.folder, env=clean | (environment or {}),
            stdin=asyncio.subprocess.PIPE if stdin else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip

    async def _read(self, process: asyncio.subprocess.Process, until: str, ready: asyncio.Event) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.output.append(line.decode().rstrip())
            if until in self.output[-1]:
                ready.set()
        ready.set()

    async def _gone(self) -> None:
        assert self._process is not None
        assert self._reading is not None
        await self._process.wait()
        await self._reading


async def joins(person: Person, code: str) -> None:
    """Open the invite and confirm the post."""
    person.start(code)
    question = await person.expect("Bapak/Ibu bergabung sebagai", button="✅ Benar")
    await person.press(question, "✅ Benar").answered(10)
    await person.expect("Selamat datang")
