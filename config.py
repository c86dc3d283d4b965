"""Every setting: config.toml, overridden by KAWAL_<SECTION>__<KEY>, checked before anything starts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

ROOT = Path(__file__).parent
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEBHOOK_SECRET_LENGTH = 32
WEEKDAYS: tuple[str, ...] = get_args(Weekday)


class ConfigError(Exception):
    """A setting is wrong; the text names the key, the file and what would be right."""


def _time(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise ValueError('harus berupa jam seperti "07:30"') from None


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError('harus berupa zona waktu seperti "Asia/Jakarta"') from None
    return name


def _listen(address: str) -> str:
    if address and not re.fullmatch(r"[^:\s]+:\d{1,5}", address):
        raise ValueError('harus berupa alamat dan port seperti "127.0.0.1:8081"')
    return address


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
        raise ValueError('harus diawali "sqlite:///" atau "postgresql://"')
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    # Found out here, since the errors that come of it later quote parts of the password.
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(
            "alamatnya tidak dapat dibaca; tanda khusus dalam kata sandi ditulis %40 (@), %3A (:), %2F (/)"
        ) from None
    return url


ClockTime = Annotated[time, BeforeValidator(_time)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(Section):
    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8081"

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.mode == "webhook":
            if not self.webhook_url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
                raise ValueError("webhook_url harus berupa alamat https:// bila mode webhook dipakai")
            if len(self.webhook_secret.get_secret_value()) < WEBHOOK_SECRET_LENGTH:
                raise ValueError(f"webhook_secret perlu paling sedikit {WEBHOOK_SECRET_LENGTH} karakter acak")
        return self


class Monitoring(Section):
    listen: Annotated[str, AfterValidator(_listen)] = ""


class DatabaseSection(Section):
    url: Annotated[str, AfterValidator(_database_url)] = Field(default="sqlite:///data/kawal.sqlite", repr=False)


class Files(Section):
    directory: Path = Path("data/files")
    limit_mb: int = Field(default=20, ge=1, le=2000)


class Organisation(Section):
    name: str = "Pemerintah Kabupaten Asahan"
    units: Path = Path("data/asahan/units.csv")
    programmes: Path = Path("data/asahan/programmes.csv")
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"


class LetterheadSection(Section):
    government: str = ""
    office: str = "Sekretariat Daerah"
    address: str = ""
    contact: str = ""
    logo: Path | None = None
    matrix_paper: Literal["A4", "F4"] = "A4"
    place: str = "Kisaran"
    signatory_post: str = "Sekretaris Daerah"
    signatory_name: str = ""
    signatory_rank: str = ""
    signatory_nip: str = ""


class Reminders(Section):
    days_before: list[Annotated[int, Field(ge=0, le=60)]] = [7, 3, 1, 0]
    at: ClockTime = time(7, 30)
    quiet: tuple[ClockTime, ClockTime] = (time(20), time(6))


class SummarySection(Section):
    day: Weekday = "monday"
    at: ClockTime = time(7)
    preview_days: int = Field(default=1, ge=0, le=5)


class LimitsSection(Section):
    burst: int = Field(default=20, ge=1, le=100_000)
    per_minute: int = Field(default=30, ge=1, le=100_000)


class Retention(Section):
    messages_days: int = Field(default=90, ge=0, le=3650)
    papers_days: int = Field(default=30, ge=0, le=3650)


class Backup(Section):
    directory: Path = Path("data/backups")
    keep: int = Field(default=14, ge=0, le=3650)
    at: ClockTime = time(2)


class Settings(BaseSettings):
    """The settings as one frozen object. Paths are relative to the folder of the configuration file."""

    model_config = SettingsConfigDict(
        env_prefix="KAWAL_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    telegram: Telegram = Telegram()
    monitoring: Monitoring = Monitoring()
    database: DatabaseSection = DatabaseSection()
    files: Files = Files()
    organisation: Organisation = Organisation()
    letterhead: LetterheadSection = LetterheadSection()
    reminders: Reminders = Reminders()
    summary: SummarySection = SummarySection()
    backup: Backup = Backup()
    limits: LimitsSection = LimitsSection()
    retention: Retention = Retention()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

    def secrets(self) -> list[str]:
        """What must stand in no log. Passwords in addresses are known by their place (delivery.redaction)."""
        return [self.telegram.token.get_secret_value(), self.telegram.webhook_secret.get_secret_value()]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.timezone)


def load_settings(path: Path | None = None, **changes: dict[str, Any]) -> Settings:
    """Read `path` (config.toml beside the program when None; it may be missing) and the environment.

    `changes` are sections given by the caller, such as the demo's. Raises ConfigError.
    """
    file = path or ROOT / "config.toml"
    if path is not None and not path.exists():
        raise ConfigError(
            f"{path}: berkas tidak ada. Salin config.example.toml ke sana, atau jalankan: python bot.py setup"
        )
    values: dict[str, Any] = {}
    if file.exists():
        try:
            values = dict(TomlConfigSettingsSource(Settings, toml_file=file)())
        except ValueError as problem:
            raise ConfigError(f"{file}: bukan TOML yang benar: {problem}") from None
    for section, keys in changes.items():
        values[section] = {**values.get(section, {}), **keys}
    try:
        settings = Settings(**values)
    except ValidationError as problem:
        raise ConfigError("\n".join(_explain(problem, file))) from None
    return _anchored(settings, file.parent.resolve() if file.exists() else ROOT)


def _explain(problem: ValidationError, file: Path) -> Iterator[str]:
    for error in problem.errors():
        where = [str(part) for part in error["loc"] if not isinstance(part, int)]
        key = ".".join(where)
        if error["type"] == "extra_forbidden":
            known = _known_keys(where[:-1])
            near = difflib.get_close_matches(where[-1], known, n=1)
            right = f'maksudnya "{near[0]}"?' if near else f"yang dikenal di sini: {', '.join(known)}"
            yield f"{file}: kunci {key} tidak dikenal; {right}"
        elif error["type"] == "missing":
            yield f"{file}: kunci {key} belum ada"
        else:
            secret = any(word in key for word in ("token", "secret", "database.url"))
            plain = isinstance(error["input"], str | int | float)
            got = f" (sekarang {error['input']!r})" if plain and not secret else ""
            yield f"{file}: {key}: {_right(error)}{got}"


def _right(error: ErrorDetails) -> str:
    """What the value should have been."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            return f"harus salah satu dari {limits['expected'].replace(' or ', ', ')}"
        case "int_parsing" | "int_type" | "int_from_float":
            return "harus bilangan bulat"
        case "greater_than_equal":
            return f"paling sedikit {limits['ge']}"
        case "less_than_equal":
            return f"paling banyak {limits['le']}"
        case "string_type":
            return "harus berupa teks dalam tanda kutip"
        case "list_type" | "tuple_type":
            return "harus berupa daftar dalam kurung siku"
        case _:
            return error["msg"].removeprefix("Value error, ")


def _known_keys(where: list[str]) -> list[str]:
    model: Any = Settings
    for part in where:
        field = model.model_fields.get(part)
        model = field.annotation if field else Settings
    return list(model.model_fields)


def _anchored(settings: Settings, folder: Path) -> Settings:
    """The same settings with every relative path made absolute, so that the working directory does not matter."""

    def at(path: Path) -> Path:
        if path.is_absolute():
            return path
        # The unit lists come with the program; a configuration elsewhere may bring its own beside it.
        return folder / path if (folder / path).exists() or not (ROOT / path).exists() else ROOT / path

    url = settings.database.url
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        url = f"sqlite:///{folder / url.removeprefix('sqlite:///')}"
    organisation, letterhead = settings.organisation, settings.letterhead
    return settings.model_copy(
        update={
            "database": settings.database.model_copy(update={"url": url}),
            "files": settings.files.model_copy(update={"directory": folder / settings.files.directory}),
            "backup": settings.backup.model_copy(update={"directory": folder / settings.backup.directory}),
            "organisation": organisation.model_copy(
                update={"units": at(organisation.units), "programmes": at(organisation.programmes)}
            ),
            "letterhead": letterhead.model_copy(update={"logo": at(letterhead.logo) if letterhead.logo else None}),
        }
    )
