"""What attacks on the public site share: pages to attack, and what the public sees."""

from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from core.publishing.content import content_of
from core.publishing.contexts import confirmed_change, publishing
from tests.helpers.district import brand_draft, decide, fresh, submit

EVERYBODY = ["editor1", "editor2", "reviewer1", "section", "final", "web_editor", "admin"]


def waiting_page(district, **fields):
    page = brand_draft(district.schools[0], district.editor1, **fields)
    submit(page, district.editor1)
    return fresh(page)


def public_page(district, **fields):
    page = waiting_page(district, **fields)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    return fresh(page)


def remove(page) -> None:
    """Delete a page that review has a hold on, as only somebody on the server can."""
    with confirmed_change():
        page.delete()


def take_from_readers(page) -> None:
    """As if this one page alone had come down, and what lies below it had been left."""
    page = fresh(page)
    with publishing(page):
        page.live = False
        page.save()


def public_state() -> list:
    """What the public sees of the tree: which pages, where, and in which words."""
    pages = Page.objects.live().order_by("pk").specific()
    return [(page.pk, page.url_path, page.title, content_of(page)) for page in pages]


def level_of(page):
    return fresh(page).current_workflow_task.level


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def try_to_delete(client, user, name, *args, query="", **data):
    """Ask for the confirmation, then confirm; both must be answered with a page."""
    client.force_login(user)
    address = reverse(name, args=args) + query
    for send in (client.get, client.post):
        with transaction.atomic():
            response = send(address, data, follow=True)
        assert response.status_code in (200, 404), (name, response.status_code)
    return response
