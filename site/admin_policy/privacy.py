"""Passwords on pages and files: this site has none, and none is taken away without review."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page

PAGES = "wagtailadmin_pages:set_privacy"
COLLECTIONS = "wagtailadmin_collections:set_privacy"
VIEWS = (PAGES, COLLECTIONS)
NO_PASSWORDS = _(
    "Pages and files of this site have no passwords. Withdraw what must not be public."
)
STAYS = _("A restriction is not removed here, for that would make pages public without review.")


def restricted(request, kwargs) -> bool:
    """Whether the page or collection in the address, or one above it, asks who is reading."""
    if "collection_id" in kwargs:
        found = Collection.objects.filter(pk=kwargs["collection_id"]).first()
    else:
        found = Page.objects.filter(pk=kwargs.get("page_id")).first()
    return found is not None and found.get_view_restrictions().exists()
