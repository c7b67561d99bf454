"""The admin's first screen: what waits for me, and what of mine waits for others."""

from django.urls import reverse

from review.tests.helpers import bring_to_level
from tests.helpers.district import decide, fresh


def test_the_first_screen_of_a_reviewer_is_the_queue(client, district, waiting):
    client.force_login(district.reviewer1)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    state = fresh(waiting).current_workflow_task_state
    assert reverse("review_decide", args=[state.pk]) in page
    assert "(1)" in page


def test_the_author_reads_on_the_first_screen_where_his_page_waits(client, district, waiting):
    client.force_login(district.editor1)
    bring_to_level(waiting, district, "section")
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'href="/admin/pages/{waiting.pk}/edit/"' in shown
    assert "mine-in-review" in shown
    for name in ("colleague", "reviewer1", "section", "admin"):
        client.force_login(getattr(district, name))
        assert "mine-in-review" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_came_back_is_not_called_waiting(client, district, waiting):
    decide(waiting, district.reviewer1, "reject", "缺少年份")
    client.force_login(district.editor1)
    assert "mine-in-review" not in client.get(reverse("wagtailadmin_home")).content.decode()
