"""Terms are counted in working days."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from moderation.workdays import after_working_days

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
