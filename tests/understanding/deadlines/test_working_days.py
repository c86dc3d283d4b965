"""The working days of civil servants."""

from __future__ import annotations

from datetime import date

from understanding.deadlines.working_days import add_working_days, is_working_day


def test_weekends_holidays_and_joint_leave_are_off() -> None:
    assert is_working_day(date(2026, 1, 23))
    assert not is_working_day(date(2026, 1, 24))  # Saturday
    assert not is_working_day(date(2026, 2, 16))  # joint leave before Imlek
    assert not is_working_day(date(2026, 2, 17))  # Imlek
    assert not is_working_day(date(2026, 8, 17))  # Independence Day


def test_idul_fitri_2026_is_on_the_21st_of_march() -> None:
    assert not is_working_day(date(2026, 3, 20))
    assert not is_working_day(date(2026, 3, 24))
    assert is_working_day(date(2026, 3, 25))


def test_counting_starts_on_the_day_after() -> None:
    assert add_working_days(date(2026, 1, 23), 1) == date(2026, 1, 26)
    assert add_working_days(date(2026, 1, 23), 3) == date(2026, 1, 28)
    assert add_working_days(date(2026, 1, 23), 20) == date(2026, 2, 24)


def test_counting_back_and_not_at_all() -> None:
    assert add_working_days(date(2026, 1, 26), -1) == date(2026, 1, 23)
    assert add_working_days(date(2026, 1, 24), 0) == date(2026, 1, 24)
