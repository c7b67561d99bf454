"""The workbook of a month: what was decided, and every entry, as text that stays text.

A cell that begins with = + - or @ would be a formula: every text is written as a string.
"""

import re
from datetime import datetime
from functools import cache
from io import BytesIO
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from audit.models import RecordEntry
from audit.review_report import (
    change_lines,
    current_head,
    kind_label,
    level_label,
    secrecy_label,
    tick_labels,
)
from roles.models import Level

Kind = RecordEntry.Kind
DECIDED = (Kind.APPROVAL, Kind.RETURN)
CHUNK = 500
# What XML cannot hold, and carriage returns, which only double the line ends.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767  # characters in a cell; a longer text would silently be left out


def export_month(entries, month: str) -> bytes:
    """The workbook of `month` ("2026-11") with what `entries` (a queryset) holds of it."""
    buffer = BytesIO()
    book = Workbook(buffer, {"constant_memory": True})
    head = current_head()
    start, end = span(month)
    within = entries.filter(at__gte=start, at__lt=end)
    _overview(SheetWriter(book, _("Overview")), entries, within, month, head)
    _entries(SheetWriter(book, _("Details")), within, month, head)
    book.close()
    return buffer.getvalue()


def span(month: str) -> tuple[datetime, datetime]:
    """The first moment of a month and of the next one, by the district's clock."""
    year, number = (int(part) for part in month.split("-"))
    start = datetime(year, number, 1)
    end = datetime(year + number // 12, number % 12 + 1, 1)
    return timezone.make_aware(start), timezone.make_aware(end)


def clean(text: str) -> str:
    """A text that a cell can hold."""
    text = UNPRINTABLE.sub("", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class Labels:
    """The codes of entries in words, translated once per workbook and not once per cell."""

    def __init__(self):
        self.yes = _("yes")
        self.level = cache(level_label)
        self.secrecy = cache(secrecy_label)
        self.ticks = cache(lambda ticks: "; ".join(tick_labels(ticks)))
        self.levels = cache(lambda levels: ", ".join(level_label(level) for level in levels))

    def kind(self, entry: RecordEntry) -> str:
        """What happened."""
        return kind_label(entry)


class SheetWriter:
    """A worksheet that is written from the top, row by row."""

    def __init__(self, book: Workbook, name: str):
        self.sheet = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        self.words = Labels()
        self.number = 0

    def add(self, values, style=None) -> None:
        """Write the next row: times as times, everything else as text."""
        for column, value in enumerate(values):
            if isinstance(value, datetime):
                moment = timezone.make_naive(value)
                self.sheet.write_datetime(self.number, column, moment, self.time)
            elif value not in ("", None):
                self.sheet.write_string(self.number, column, clean(str(value)), style)
        self.number += 1

    def begin(self, title: str, head, columns, widths) -> None:
        """Write what the sheet is and where the chain ended, then the names of the columns."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.add([title], self.bold)
        self.add([_("Head of the record"), head.hash])
        self.add([_("Number of entries"), head.length])
        self.add([_("Time of printing"), head.at])
        self.add([])
        self.add(columns, self.bold)


def _overview(rows: SheetWriter, entries, within, month, head) -> None:
    """One row for each submission that was decided in the month, with all that became of it."""
    columns = [_("number of the review"), _("title"), _("school"), _("kind"), _("submitted")]
    for level in Level:
        label = str(level.label)
        columns += [f"{label} · {what}" for what in (_("person"), _("time"), _("outcome"))]
    columns += [_("became public"), _("urgent")]
    widths = [10, 40, 24, 14, 20] + [14, 20, 12] * len(Level) + [20, 8]
    rows.begin(_("Reviews of %(month)s") % {"month": month}, head, columns, widths)
    decided = within.filter(kind__in=DECIDED).exclude(workflow_state_id=None)
    whole = entries.filter(workflow_state_id__in=decided.values("workflow_state_id"))
    whole = whole.order_by("workflow_state_id", "pk").iterator(CHUNK)
    for number, group in groupby(whole, key=lambda entry: entry.workflow_state_id):
        rows.add([number, *_submission(list(group), rows.words)])


def _submission(entries: list[RecordEntry], words: Labels) -> list:
    last = entries[-1]
    submitted = [entry.at for entry in entries if entry.kind == Kind.SUBMISSION]
    published = [entry.at for entry in entries if entry.kind == Kind.PUBLICATION]
    row = [last.title, last.school, last.content_kind, submitted[-1] if submitted else ""]
    for level in Level:
        said = [entry for entry in entries if entry.level == level and entry.kind in DECIDED]
        row += [said[-1].user_name, said[-1].at, words.kind(said[-1])] if said else [""] * 3
    urgent = any(entry.urgent for entry in entries)
    return [*row, published[-1] if published else "", words.yes if urgent else ""]


def _entries(rows: SheetWriter, within, month, head) -> None:
    """Every entry of the month, with the hash that ties it into the chain."""
    columns = [_("time"), _("what happened"), _("title"), _("school"), _("kind"), _("level")]
    columns += [_("person"), _("role"), _("opinion"), _("proof-reading"), _("secrecy review")]
    columns += [_("urgent"), _("levels in force"), _("address"), _("number of the review")]
    columns += [_("what would change"), _("content digest"), _("hash")]
    widths = [20, 14, 40, 24, 14, 16, 14, 16, 40, 30, 18, 8, 24, 30, 10, 40, 24, 24]
    rows.begin(_("Reviews of %(month)s") % {"month": month}, head, columns, widths)
    for entry in within.order_by("pk").iterator(CHUNK):
        rows.add(_entry(entry, rows.words))


def _entry(entry: RecordEntry, words: Labels) -> list:
    return [
        entry.at,
        words.kind(entry),
        entry.title,
        entry.school,
        entry.content_kind,
        words.level(entry.level),
        entry.user_name,
        entry.user_role,
        entry.opinion,
        words.ticks(tuple(entry.ticks)),
        words.secrecy(entry.secrecy),
        words.yes if entry.urgent else "",
        words.levels(tuple(entry.levels)),
        entry.page_path,
        entry.workflow_state_id,
        "; ".join(change_lines(entry)),
        entry.digest,
        entry.hash,
    ]
