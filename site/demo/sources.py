"""Reading the demo's data files; dates in them are relative to the day of loading."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

DATA = Path(__file__).parent / "data"


def names() -> list[str]:
    """The districts that have demo data."""
    return sorted(path.name for path in DATA.iterdir() if path.is_dir())


def read(district: str, name: str):
    """The content of one data file; of a folder, the rows of all its files together."""
    path = DATA / district / name
    if path.is_dir():
        return [row for file in sorted(path.glob("*.json")) for row in _load(file)]
    return _load(path.with_suffix(".json"))


def school_titles(district: str) -> dict[str, str]:
    """Slug → name of the schools of one district."""
    return {row["slug"]: row["title"] for row in read(district, "schools")}


def _load(path: Path):
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def today() -> date:
    return timezone.localdate()


def days_ago(days: int) -> date:
    """The local day `days` before today (negative: after it)."""
    return today() - timedelta(days=days)


def moment(days: int, minute: int = 0) -> datetime:
    """A working hour `days` ago, aware, never in the future; `minute` spreads items of one day."""
    at = datetime.combine(days_ago(days), time(8, 30)) + timedelta(minutes=minute % 480)
    return min(timezone.make_aware(at), timezone.now() - timedelta(minutes=5))


def months_ago(months: int) -> date:
    """The 15th of the calendar month `months` before this one, but never after today."""
    index = today().year * 12 + today().month - 1 - months
    return min(date(index // 12, index % 12 + 1, 15), today())


def as_of(row: dict) -> date:
    """The as-of date of a figure: fixed for facts, relative for samples."""
    if "as_of" in row:
        return date.fromisoformat(row["as_of"])
    return days_ago(row["as_of_days_ago"])


def figure(row: dict) -> dict:
    """The fields of a traced figure."""
    return {key: row[key] for key in ("label", "value", "unit", "source")} | {"as_of": as_of(row)}


def body(blocks: list[dict] | None) -> list[tuple]:
    """Blocks of the data files as values of a `BodyField`."""
    return [(block["type"], _block(block["type"], block["value"])) for block in blocks or []]


def _block(kind: str, value):
    if kind == "figures":
        return [figure(row) for row in value]
    if kind == "table":
        return {
            "data": value["rows"],
            "first_row_is_table_header": True,
            "table_caption": value["caption"],
        }
    return value
