"""What the tests of review share: screens, notices, and items at each level."""

from django.urls import reverse

from notifications.models import Notice
from tests.helpers.district import decide, fresh


def decision_url(page) -> str:
    """Return the decision screen of a waiting page."""
    return reverse("review_decide", args=[page.current_workflow_task_state.pk])


def open_screen(client, user, url: str) -> str:
    """Return the markup of a screen as `user` opens it."""
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def approve_by(page, *people):
    """Return the page after these people approved it, one level after the other."""
    for person in people:
        assert decide(fresh(page), person) is None
    return fresh(page)


def open_queue(client, user, **query):
    """Return the response of the queue as `user` narrows it."""
    client.force_login(user)
    return client.get(reverse("review_queue"), query)


def queue_titles(client, user, **query) -> list[str]:
    """Return the titles in the queue as `user` narrows it."""
    return [row.item.title for row in open_queue(client, user, **query).context["rows"]]


def bring_to_level(page, district, level: str) -> None:
    """Let the levels before `level` approve a page of the first school."""
    earlier = ["school", "section", "final"].index(level)
    approve_by(page, *(district.reviewer1, district.section)[:earlier])


def notified(kind: Notice.Kind, **conditions) -> set[str]:
    """Return the user names of those who have a notice of this kind."""
    notices = Notice.objects.filter(kind=kind, **conditions)
    return set(notices.values_list("user__username", flat=True))


def open_notices(kind: Notice.Kind = Notice.Kind.WAITING) -> set[str]:
    """Return the user names of those whose notice of this kind still asks for something."""
    return notified(kind, read_at=None)


def notice_keys(kind: Notice.Kind) -> list[str]:
    """Return the keys of the notices of this kind, oldest first."""
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("key", flat=True))


def approve_up_to_final(page, district):
    """Let the first two levels approve; return the page as it then waits."""
    decide(page, district.reviewer1)
    decide(fresh(page), district.section)
    return fresh(page)


def publish(page, district):
    """Let all levels approve; return the public page."""
    page = approve_up_to_final(page, district)
    assert decide(page, district.final) is None
    return fresh(page)
