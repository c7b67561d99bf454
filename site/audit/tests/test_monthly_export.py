"""The month's workbook: which months there are, and that text stays text."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit import record
from audit.models import RecordHead
from audit.tests.helpers import LIST, get_as, sheet_rows, submission_of, this_month
from roles.scopes import district_key_of
from tests.helpers.responses import message_texts

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("month", ["", "2026-13", "x", "1999-01", "0000-00", "9999-12", "2026-1"])
def test_a_bad_month_is_named_and_leads_back(client, district, reviewed, month):
    response = get_as(client, district.final, reverse("audit_monthly_export"), month=month)
    assert response.status_code == 302
    assert response.url == LIST
    assert message_texts(response) == ["The record has no such month. Choose one from the list."]


def test_formulas_and_control_characters_stay_text(client, district):
    bad = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "{=1+1}", "http://evil.example/"]
    for title in bad:
        record.append_without_content(
            "change",
            title,
            district_key=district_key_of(district.home),
            opinion="\a=A1\v\r\n二",
        )
    record.append_without_content(
        "change", "long", district_key=district_key_of(district.home), opinion="长" * 40_000
    )
    response = get_as(client, district.final, reverse("audit_monthly_export"), month=this_month())
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    book = load_workbook(BytesIO(response.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    assert {cell.data_type for cell in cells if cell.value in bad} == {"s"}
    assert set(bad) <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.hyperlink]
    assert "=A1\n二" in {cell.value for cell in cells}
    assert max(len(str(cell.value)) for cell in cells) == 32_767


def test_the_workbook_has_a_row_for_each_decided_submission(client, district, reviewed):
    page, _other = reviewed
    book = get_as(client, district.final, reverse("audit_monthly_export"), month=this_month())
    overview, details = sheet_rows(book, 0), sheet_rows(book, 1)
    head = RecordHead.objects.get()
    for sheet in (overview, details):
        assert sheet[1][1] == head.hash
        assert sheet[2][1] == str(head.length)
        assert sheet[3][1] is not None
    (line,) = overview[6:]
    assert line[:3] == (str(submission_of(page)), page.title, district.schools[0].title)
    assert [line[5], line[8], line[11]] == ["reviewer1", "section", "final"]
    assert line[14] is not None
    assert len(details) - 6 == head.length
    assert details[-1][-1] == head.hash
