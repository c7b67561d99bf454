"""What people write in a page, as against what the system keeps about it."""

import json

from wagtail.models import Page

# What the system keeps about a page, as against what people write in it. Everything else,
# fields to come included, is content.
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


def same_value(one, other) -> bool:
    """Whether two values of serialised fields say the same.

    The body is JSON in a string, and PostgreSQL gives back the keys of its blocks in another order.
    """
    if one == other:
        return True
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    try:
        return json.loads(one) == json.loads(other)
    except ValueError:
        return False


def content_of(page: Page) -> dict:
    """What people wrote in a page, in the form in which revisions keep it."""
    content = json.loads(page.to_json())
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
