"""Invariant 11: one process per SQLite database, and a clear message to the second."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from delivery.process_lock import AlreadyRunning, ProcessLock

HOLD = "import sys; from pathlib import Path; from delivery.process_lock import ProcessLock\n"
HOLD += "with ProcessLock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_a_second_process_is_refused_with_a_clear_message(tmp_path: Path) -> None:
    path = tmp_path / "kawal.sqlite"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match=rf"pid {holder.pid}\) is using kawal\.sqlite"), ProcessLock(path):
            pass
        holder.kill()
        holder.wait()
        with ProcessLock(path) as lock:
            assert lock.path.read_text() == str(os.getpid())
    finally:
        holder.kill()
        holder.wait()
        holder.communicate()
