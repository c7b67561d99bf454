"""Bulk actions, and the actions of the admin API."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Collection

from tests.helpers.payloads.post import Payload, Post
from tests.helpers.scenario import Scenario


def bulk_actions(scenario: Scenario, user: AbstractUser) -> Iterator[Post]:
    """Every bulk action on pages, files and users."""
    pages = (scenario.live, scenario.school, scenario.draft, scenario.waiting)
    page_options = {
        "include_descendants": "on",
        "chooser": scenario.schools[1].pk,
        "move_applicable": "on",
    }
    for action in ("publish", "unpublish", "delete", "move"):
        yield Post(("wagtailcore", "page", action), page_options, _ids(page.pk for page in pages))
    other = Collection.objects.exclude(pk=scenario.image.collection_id).last().pk
    file_options = {"collection": other, "tags": "x"}
    for model, file in (("image", scenario.image), ("document", scenario.document)):
        for action in ("delete", "add_to_collection", "add_tags"):
            yield Post(("core", model, action), file_options, _ids([file.pk]))
    user_options = {"mark_as_active": "False", "role": scenario.group}
    for action in ("delete", "set_active_state", "assign_role"):
        yield Post(("accounts", "user", action), user_options, _ids(scenario.user_ids))


def _ids(primary_keys) -> str:
    return "?" + "&".join(f"id={primary_key}" for primary_key in primary_keys)


def api_actions(scenario: Scenario, user: AbstractUser) -> Iterator[Post]:
    """Every action of the admin API on pages in every state."""
    pages = (scenario.live, scenario.waiting, scenario.draft, scenario.school, scenario.home)
    for action in PagesAdminAPIViewSet.actions:
        for page in pages:
            is_live = page == scenario.live
            data = {
                "revision_id": scenario.old_revision if is_live else page.latest_revision_id,
                "destination_page_id": scenario.schools[1].pk,
                "locale": "en",
                "alias": True,
                "recursive": True,
                "slug": "api",
            }
            yield Post((page.pk, action), data, as_json=True)


PAYLOADS: dict[str, Payload] = {
    "wagtail_bulk_action": bulk_actions,
    "wagtailadmin_api:pages:action": api_actions,
}
