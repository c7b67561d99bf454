"""Reading the record as a person does."""

from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import RecordEntry

LIST = "/admin/review/record/"
OWN_TITLE, OTHER_TITLE = "党旗映彩虹", "十三中品牌"


def submission_of(page) -> int:
    """The number of the last submission about `page`."""
    entries = RecordEntry.objects.filter(page_id=page.pk).exclude(workflow_state_id=None)
    return entries.last().workflow_state_id


def report_url(page) -> str:
    """The address of the review sheet of the last submission about `page`."""
    return reverse("audit_review_report", args=[submission_of(page)])


def get_as(client, user, address, **query):
    """What `user` gets there."""
    client.force_login(user)
    return client.get(address, query)


def sheet_rows(response, sheet) -> list[tuple]:
    """The values of a worksheet of a downloaded workbook, row by row."""
    book = load_workbook(BytesIO(response.content))
    return [tuple(cell.value for cell in row) for row in book.worksheets[sheet].iter_rows()]


def this_month() -> str:
    """Today's month as the workbook is asked for."""
    return f"{timezone.localdate():%Y-%m}"
