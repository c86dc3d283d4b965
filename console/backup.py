"""`bot.py backup FILE` and `bot.py restore FILE`."""

from __future__ import annotations

from pathlib import Path

from clock import SystemClock
from config import ConfigError, Settings
from jobs.backup.archive import BackupError, Manifest, make_backup
from jobs.backup.restoring import restore


def backup(settings: Settings, file: Path) -> int:
    """Back up database and files into one archive, also while the bot runs. Raises ConfigError."""
    if file.exists():
        raise ConfigError(f"{file}: berkas sudah ada; pilih nama lain")
    try:
        manifest = make_backup(settings.database.url, settings.files.directory, file, now=SystemClock().now())
    except (BackupError, OSError) as problem:
        raise ConfigError(f"belum dicadangkan: {problem}") from None
    print(
        f"Cadangan ditulis ke {file} ({file.stat().st_size / (1 << 20):.1f} MB) dan sudah diuji dengan memulihkannya."
    )
    _describe(manifest)
    return 0


def restore_from(settings: Settings, file: Path, *, overwrite: bool) -> int:
    """Bring database and files back to what the archive holds. Raises ConfigError."""
    try:
        manifest = restore(
            file, settings.database.url, settings.files.directory, now=SystemClock().now(), overwrite=overwrite
        )
    except (BackupError, OSError) as problem:
        raise ConfigError(f"belum dipulihkan: {problem}") from None
    print(f"Dipulihkan dari {file}.")
    _describe(manifest)
    print("Periksa dengan: python bot.py check. Lalu jalankan lagi: python bot.py run")
    return 0


def _describe(manifest: Manifest) -> None:
    counted = {name: manifest.tables[name].rows for name in ("members", "directives", "assignments", "reports")}
    figures = ", ".join(f"{name} {rows}" for name, rows in counted.items())
    print(
        f"Isi per {manifest.made_at}: {manifest.rows} baris ({figures}); {manifest.files} berkas, "
        f"{manifest.bytes / (1 << 20):.1f} MB"
    )
