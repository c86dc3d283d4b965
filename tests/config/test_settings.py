"""config.toml and the environment: what is wrong is named with its key, its file, and what would be right."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from config import ROOT, ConfigError, load_settings


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_is_complete_and_says_what_the_defaults_are() -> None:
    from_file = load_settings(ROOT / "config.example.toml").model_dump()
    assert from_file == load_settings(ROOT / "config.example.toml", telegram={}).model_dump()
    assert from_file["reminders"] == {"days_before": [7, 3, 1, 0], "at": time(7, 30), "quiet": (time(20), time(6))}
    assert from_file["summary"] == {"day": "monday", "at": time(7), "preview_days": 1}


def test_every_key_of_the_example_is_explained_on_its_line() -> None:
    for line in (ROOT / "config.example.toml").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            assert "#" in line, f"no explanation: {line}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[telegram]\ntokn = "x"', ["telegram.tokn", 'maksudnya "token"']),
        ("[telegramm]\na = 1", ["telegramm", 'maksudnya "telegram"']),
        ('[reminders]\nat = "setengah delapan"', ["reminders.at", '"07:30"', "setengah delapan"]),
        ('[summary]\nday = "senin"', ["summary.day", "'monday'", "senin"]),
        ("[files]\nlimit_mb = 0", ["files.limit_mb", "paling sedikit 1"]),
        ('[database]\nurl = "mysql://x"', ["database.url", "postgresql://"]),
        ('[organisation]\ntimezone = "Asia/Kisaran"', ["organisation.timezone", "Asia/Jakarta"]),
        ("[reminders]\ndays_before = [1.5]", ["reminders.days_before", "bilangan bulat"]),
        ("[telegram\n", ["TOML"]),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, expected: list[str]) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ConfigError) as problem:
        load_settings(file)
    for words in [str(file), *expected]:
        assert words in str(problem.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="tidak ada"):
        load_settings(tmp_path / "none.toml")


def test_secrets_are_never_repeated(tmp_path: Path) -> None:
    file = written(tmp_path, '[telegram]\ntoken = "123:SECRET"\nmode = "carrier pigeon"\n')
    with pytest.raises(ConfigError) as problem:
        load_settings(file)
    assert "SECRET" not in str(problem.value)
    good = load_settings(written(tmp_path, '[telegram]\ntoken = "123:SECRET"\n'))
    assert "SECRET" not in repr(good)


def test_the_environment_overrides_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, '[telegram]\ntoken = "1:file"\napi_url = "http://127.0.0.1:1"\n')
    monkeypatch.setenv("KAWAL_TELEGRAM__TOKEN", "2:environment")
    monkeypatch.setenv("KAWAL_REMINDERS__DAYS_BEFORE", "[5, 0]")
    settings = load_settings(file)
    assert settings.telegram.token.get_secret_value() == "2:environment"
    assert settings.telegram.api_url == "http://127.0.0.1:1"
    assert settings.reminders.days_before == [5, 0]


def test_paths_are_relative_to_the_file_and_the_unit_lists_come_with_the_program(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[files]\ndirectory = "berkas"\n'))
    assert settings.files.directory == tmp_path / "berkas"
    assert settings.database.url == f"sqlite:///{tmp_path / 'data/kawal.sqlite'}"
    assert settings.organisation.units.exists()
