"""What attempts to publish past the review share: pages to attempt it on, and the public state."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from brands.models import BrandPage
from core.publishing.content import content_of
from core.publishing.contexts import confirmed_change, publishing
from roles.models import Level
from tests.helpers.district import District, brand_draft, decide, fresh, submit

USERNAMES = ["editor1", "editor2", "reviewer1", "section", "final", "web_editor", "admin"]


def waiting_page(district: District, **fields: Any) -> BrandPage:
    """A brand page that waits for the first level."""
    page = brand_draft(district.schools[0], district.editor1, **fields)
    submit(page, district.editor1)
    return fresh(page)


def public_page(district: District, **fields: Any) -> BrandPage:
    """A brand page that every level has approved."""
    page = waiting_page(district, **fields)
    for user in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), user) is None
    return fresh(page)


def delete_unguarded(page: Page) -> None:
    """Delete a page that the review retains, as only somebody on the server can."""
    with confirmed_change():
        page.delete()


def unpublish_unguarded(page: Page) -> None:
    """Unpublish this one page and none below it, past the withdrawal."""
    page = fresh(page)
    with publishing(page):
        page.live = False
        page.save()


def public_state() -> list[tuple]:
    """What the public sees of the tree: each page's key, place, title and content."""
    pages = Page.objects.live().order_by("pk").specific()
    return [(page.pk, page.url_path, page.title, content_of(page)) for page in pages]


def current_level(page: Page) -> Level:
    """The level at which the page waits."""
    return fresh(page).current_workflow_task.level


def try_to_delete(
    client: Client, user: AbstractUser, name: str, *args: Any, query: str = "", **data: Any
) -> HttpResponse:
    """Ask for the confirmation, then confirm; both must be answered with a page."""
    client.force_login(user)
    url = reverse(name, args=args) + query
    for send in (client.get, client.post):
        with transaction.atomic():
            response = send(url, data, follow=True)
        assert response.status_code in (200, 404), (name, response.status_code)
    return response
