"""Deadlines are counted in working days."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.workdays import after_working_days, working_days_between

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "days", "days_off", "end"),
    [
        ("2026-11-25 10:00", 2, [], "2026-11-27 10:00"),
        ("2026-11-26 17:30", 2, [], "2026-11-30 17:30"),
        ("2026-11-28 09:00", 1, [], "2026-11-30 09:00"),
        ("2026-09-30 09:00", 1, [f"2026-10-0{day}" for day in range(1, 9)], "2026-10-09 09:00"),
        ("2026-11-25 10:00", 0, [], "2026-11-25 10:00"),
    ],
    ids=["within the week", "over a weekend", "begun on a Saturday", "over a holiday", "at once"],
)
def test_days_off_are_not_counted(start, days, days_off, end):
    assert after_working_days(moment(start), days, days_off) == moment(end)


@pytest.mark.parametrize(
    ("start", "end", "days_off", "days"),
    [
        ("2026-11-25 10:00", "2026-11-25 23:00", [], 0),
        ("2026-11-25 23:59", "2026-11-26 00:01", [], 1),
        ("2026-11-27 10:00", "2026-11-30 09:00", [], 1),
        ("2026-11-28 10:00", "2026-11-29 09:00", [], 0),
        ("2026-11-25 10:00", "2026-11-30 09:00", ["2026-11-26"], 2),
        ("2026-11-30 09:00", "2026-11-25 10:00", [], 0),
    ],
    ids=["same day", "over midnight", "over a weekend", "a weekend", "over a day off", "backwards"],
)
def test_working_days_between_two_moments_are_counted(start, end, days_off, days):
    assert working_days_between(moment(start), moment(end), days_off) == days
