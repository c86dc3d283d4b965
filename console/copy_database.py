"""`bot.py copy-database --to URL`: from SQLite to PostgreSQL when one machine is no longer enough, or back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from config import ConfigError, Settings
from jobs.backup.archive import BackupError
from jobs.backup.restoring import copy_database


def main(settings: Settings, to: str) -> int:
    """Copy every row into the other database, which must be empty; the bot must be stopped. Raises ConfigError."""
    if not to.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ConfigError('--to harus diawali "sqlite:///" atau "postgresql://"')
    url = make_url(to)
    if to.startswith("sqlite:///") and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        sums = copy_database(settings.database.url, to)
    except BackupError as problem:
        raise ConfigError(f"belum disalin: {problem}") from None
    except SQLAlchemyError as problem:
        raise ConfigError(f"belum disalin: {type(problem).__name__}: {_first_line(problem)}") from None
    rows = sum(one.rows for one in sums.values())
    print(
        f"{rows} baris dalam {len(sums)} tabel disalin ke {url.render_as_string(hide_password=True)} dan dibandingkan."
    )
    print("Sekarang isi database.url di config.toml dengan alamat itu, periksa dengan: python bot.py check")
    return 0


def _first_line(problem: SQLAlchemyError) -> str:
    return str(getattr(problem, "orig", None) or problem).splitlines()[0]
