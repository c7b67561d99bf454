"""The style page: parts with real data, for people of the house only."""

import pytest

from tests.helpers.styles import missing_sheets


def test_a_reader_is_sent_to_the_login(client, home):
    response = client.get("/styleguide/")
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


@pytest.mark.parametrize("mode", ["normal", "large", "contrast"])
def test_an_editor_sees_every_part(client, school, district, mode):
    client.force_login(district.editor1)
    html = client.get("/styleguide/", {"mode": mode}).content.decode()
    assert f'data-mode="{mode}"' in html
    assert missing_sheets(html) == {}
    for part in ("swatch", "specimen", 'class="seal"', "filters", "errorlist", "pager", "tools"):
        assert part in html, part
