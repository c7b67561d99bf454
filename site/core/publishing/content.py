"""The content of a page: what people write in it, without what the system keeps about it."""

import json

from wagtail.models import Page

# Fields that the system keeps. Everything else, fields to come included, is content.
BOOKKEEPING = {
    "pk",
    "path",
    "depth",
    "numchild",
    "url_path",
    "draft_title",
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "withdrawn_at",
    "wagtail_admin_comments",
}


def same_value(one: object, other: object) -> bool:
    """Return whether two values of serialised fields are equal.

    The body is JSON in a string, and PostgreSQL gives back the keys of its blocks in another order.
    """
    if one == other:
        return True
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def content_of(page: Page) -> dict[str, object]:
    """Return the content of a page by field, as revisions keep it."""
    fields = json.loads(page.to_json())
    return {name: value for name, value in fields.items() if name not in BOOKKEEPING}
