"""Promoted results: a public page above all others for certain words, changed by two people.

Nothing of it is written by anybody: title and summary are the page's own, which has been through
review. But what a reader is shown first is the district's choice, as with the slots.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from change_requests.domain import ChangeKind
from core.tree import live_home_pages
from roles.models import Level
from search.models import PromotedResult
from search.queries import public_entries
from search.tokens import normalized_terms

MOST = 200


def standing(home):
    """The promoted results of pages below this home page."""
    rows = PromotedResult.objects.filter(page__path__startswith=home.path)
    return rows.select_related("page")


def promotion_errors(payload: dict) -> list[str]:
    """What speaks against promoting this page, or against ending it, now."""
    home = live_home_pages().filter(pk=payload.get("home")).first()
    if home is None:
        return [_("There is no such public home page.")]
    if payload.get("ends"):
        gone = not standing(home).filter(pk=payload["ends"]).exists()
        return [_("It is not promoted any more.")] if gone else []
    reasons = []
    if not any(map(normalized_terms, payload["words"].splitlines())):
        reasons.append(_("Write at least one word to search for."))
    if not public_entries(home).filter(pk=payload["page"]).exists():
        reasons.append(_("Readers cannot find this page on this site. Choose a public one."))
    if standing(home).filter(page=payload["page"]).exists():
        reasons.append(_("This page is promoted already. End that first."))
    if standing(home).count() >= MOST:
        reasons.append(_("At most %(number)d pages are promoted.") % {"number": MOST})
    return reasons


def apply_promotion(payload: dict) -> None:
    """Promote the page, or end it."""
    if payload.get("ends"):
        PromotedResult.objects.filter(pk=payload["ends"]).delete()
    else:
        PromotedResult.objects.create(words=payload["words"], page_id=payload["page"])


def change_rows(payload: dict) -> list[tuple]:
    """The change in words: the page, the words as they stand, as they would be."""
    if payload.get("ends"):
        row = PromotedResult.objects.select_related("page").filter(pk=payload["ends"]).first()
        return [(row.page.title, row.words, "–")] if row else []
    title = Page.objects.filter(pk=payload["page"]).values_list("title", flat=True).first()
    return [(title or f"#{payload['page']}", "–", payload["words"])]


CHANGE = ChangeKind(
    "promoted",
    gettext_lazy("promoted result"),
    apply=apply_promotion,
    check=promotion_errors,
    levels=(Level.SECTION, Level.FINAL),
    words=change_rows,
)
