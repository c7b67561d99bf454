"""The workbook of a month: what was decided, and every entry, as text that stays text.

A cell that begins with = + - or @ would be a formula: every text is written as a string.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from audit.models import RecordEntry
from audit.review_report import (
    Head,
    change_lines,
    current_head,
    kind_label,
    level_label,
    proofreading_labels,
    secrecy_label,
)
from roles.models import Level

Kind = RecordEntry.Kind
DECIDED = (Kind.APPROVAL, Kind.RETURN)
CHUNK = 500
TIME_FORMAT = "yyyy-mm-dd hh:mm:ss"
BOLD, LEFT = Font(bold=True), Alignment(horizontal="left")
# What XML cannot hold, and carriage returns, which only double the line ends.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CELL_LENGTH = 32_767  # characters in a cell; a longer text would silently be left out


def export_month(entries: QuerySet[RecordEntry], month: str) -> bytes:
    """Return the workbook (.xlsx) of `month` ("2026-11") with what `entries` hold of it."""
    workbook = Workbook(write_only=True)
    head = current_head()
    start, end = month_bounds(month)
    of_month = entries.filter(at__gte=start, at__lt=end)
    title = _("Reviews of %(month)s") % {"month": month}
    _write_overview(SheetWriter(workbook, _("Overview")), entries, of_month, title, head)
    _write_details(SheetWriter(workbook, _("Details")), of_month, title, head)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Return the first moment of a month and of the next one, by the district's clock."""
    year, number = (int(part) for part in month.split("-"))
    start = datetime(year, number, 1)
    end = datetime(year + number // 12, number % 12 + 1, 1)
    return timezone.make_aware(start), timezone.make_aware(end)


def cell_text(text: str) -> str:
    """Return `text` without what a cell cannot hold, shortened to what it can."""
    text = UNPRINTABLE.sub("", text)
    return text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"


class CachedLabels:
    """The codes of entries in words, translated once per worksheet and not once per cell."""

    def __init__(self) -> None:
        self.yes = _("yes")
        self.level = cache(level_label)
        self.secrecy = cache(secrecy_label)
        self.proofreading = cache(lambda items: "; ".join(proofreading_labels(items)))
        self.levels = cache(lambda levels: ", ".join(level_label(level) for level in levels))


class SheetWriter:
    """A worksheet that is written from the top, row by row."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        self.sheet = workbook.create_sheet(name)
        self.labels = CachedLabels()

    def write_row(self, values: Iterable[Any], font: Font | None = None) -> None:
        """Write the next row: times as times, everything else as text."""
        self.sheet.append([self._cell(value, font) for value in values])

    def _cell(self, value: Any, font: Font | None) -> Cell | None:
        if value in ("", None):
            return None
        if isinstance(value, datetime):
            cell = WriteOnlyCell(self.sheet, timezone.make_naive(value))
            cell.number_format, cell.alignment = TIME_FORMAT, LEFT
            return cell
        cell = WriteOnlyCell(self.sheet, cell_text(str(value)))
        cell.data_type = "s"  # also where it begins like a formula
        if font:
            cell.font = font
        return cell

    def write_header(
        self, title: str, head: Head, columns: Sequence[str], widths: Sequence[int]
    ) -> None:
        """Write what the sheet is and where the chain ended, then the names of the columns."""
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        self.write_row([title], BOLD)
        self.write_row([_("Head of the record"), head.hash])
        self.write_row([_("Number of entries"), head.length])
        self.write_row([_("Time of printing"), head.at])
        self.write_row([])
        self.write_row(columns, BOLD)


def _write_overview(
    sheet: SheetWriter,
    entries: QuerySet[RecordEntry],
    of_month: QuerySet[RecordEntry],
    title: str,
    head: Head,
) -> None:
    """One row for each submission that was decided in the month, with all that became of it."""
    columns = [_("number of the review"), _("title"), _("school"), _("kind"), _("submitted")]
    for level in Level:
        label = str(level.label)
        columns += [f"{label} · {what}" for what in (_("person"), _("time"), _("outcome"))]
    columns += [_("became public"), _("urgent")]
    widths = [10, 40, 24, 14, 20] + [14, 20, 12] * len(Level) + [20, 8]
    sheet.write_header(title, head, columns, widths)
    decided = of_month.filter(kind__in=DECIDED).exclude(workflow_state_id=None)
    submissions = entries.filter(workflow_state_id__in=decided.values("workflow_state_id"))
    ordered = submissions.order_by("workflow_state_id", "pk").iterator(CHUNK)
    for number, group in groupby(ordered, key=lambda entry: entry.workflow_state_id):
        sheet.write_row([number, *_submission_row(list(group), sheet.labels)])


def _submission_row(entries: list[RecordEntry], labels: CachedLabels) -> list[Any]:
    last = entries[-1]
    submitted = [entry.at for entry in entries if entry.kind == Kind.SUBMISSION]
    published = [entry.at for entry in entries if entry.kind == Kind.PUBLICATION]
    row: list[Any] = [last.title, last.school, last.content_kind]
    row.append(submitted[-1] if submitted else "")
    for level in Level:
        decisions = [entry for entry in entries if entry.level == level and entry.kind in DECIDED]
        decision = decisions[-1] if decisions else None
        if decision:
            row += [decision.user_name, decision.at, kind_label(decision)]
        else:
            row += ["", "", ""]
    urgent = any(entry.urgent for entry in entries)
    return [*row, published[-1] if published else "", labels.yes if urgent else ""]


def _write_details(
    sheet: SheetWriter, of_month: QuerySet[RecordEntry], title: str, head: Head
) -> None:
    """Every entry of the month, with the hash that ties it into the chain."""
    columns = [_("time"), _("what happened"), _("title"), _("school"), _("kind"), _("review level")]
    columns += [_("person"), _("role"), _("opinion"), _("proof-reading"), _("secrecy review")]
    columns += [_("urgent"), _("levels in force"), _("address"), _("number of the review")]
    columns += [_("what would change"), _("content digest"), _("hash")]
    widths = [20, 14, 40, 24, 14, 16, 14, 16, 40, 30, 18, 8, 24, 30, 10, 40, 24, 24]
    sheet.write_header(title, head, columns, widths)
    for entry in of_month.order_by("pk").iterator(CHUNK):
        sheet.write_row(_entry_row(entry, sheet.labels))


def _entry_row(entry: RecordEntry, labels: CachedLabels) -> list[Any]:
    return [
        entry.at,
        kind_label(entry),
        entry.title,
        entry.school,
        entry.content_kind,
        labels.level(entry.level),
        entry.user_name,
        entry.user_role,
        entry.opinion,
        labels.proofreading(tuple(entry.ticks)),
        labels.secrecy(entry.secrecy),
        labels.yes if entry.urgent else "",
        labels.levels(tuple(entry.levels)),
        entry.page_path,
        entry.workflow_state_id,
        "; ".join(change_lines(entry)),
        entry.digest,
        entry.hash,
    ]
