"""Promoted results: a public page above all others for certain words, changed by two people.

Readers see the page's own title and summary, which have been through review. What they are shown
first is the district's choice, as with the slots.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from change_requests.kinds import ChangeKind, ChangeRow, Payload
from core.tree import live_home_pages
from roles.models import Level
from search.models import PromotedResult
from search.queries import public_entries
from search.tokens import normalized_terms

MAX_PROMOTED = 200


def current(home: Page) -> QuerySet[PromotedResult]:
    """Return the promoted results of pages below this home page."""
    rows = PromotedResult.objects.filter(page__path__startswith=home.path)
    return rows.select_related("page")


def promotion_errors(payload: Payload) -> list[str]:
    """Return why this page cannot be promoted, or its promotion not be ended, now."""
    home = live_home_pages().filter(pk=payload.get("home")).first()
    if home is None:
        return [_("There is no such public home page.")]
    if payload.get("ends"):
        promoted = current(home).filter(pk=payload["ends"]).exists()
        return [] if promoted else [_("It is not promoted any more.")]
    errors = []
    if not any(map(normalized_terms, payload["words"].splitlines())):
        errors.append(_("Write at least one word to search for."))
    if not public_entries(home).filter(pk=payload["page"]).exists():
        errors.append(_("Readers cannot find this page on this site. Choose a public one."))
    if current(home).filter(page=payload["page"]).exists():
        errors.append(_("This page is promoted already. End that first."))
    if current(home).count() >= MAX_PROMOTED:
        errors.append(_("At most %(number)d pages are promoted.") % {"number": MAX_PROMOTED})
    return errors


def apply_promotion(payload: Payload) -> None:
    """Promote the page, or end its promotion."""
    if payload.get("ends"):
        PromotedResult.objects.filter(pk=payload["ends"]).delete()
    else:
        PromotedResult.objects.create(words=payload["words"], page_id=payload["page"])


def promotion_rows(payload: Payload) -> list[ChangeRow]:
    """Compare the words for which the page is promoted now with the ones requested."""
    if payload.get("ends"):
        row = PromotedResult.objects.select_related("page").filter(pk=payload["ends"]).first()
        return [ChangeRow(row.page.title, row.words, "–")] if row else []
    title = Page.objects.filter(pk=payload["page"]).values_list("title", flat=True).first()
    return [ChangeRow(title or f"#{payload['page']}", "–", payload["words"])]


PROMOTION_KIND = ChangeKind(
    "promoted",
    gettext_lazy("promoted result"),
    apply=apply_promotion,
    errors=promotion_errors,
    levels=(Level.SECTION, Level.FINAL),
    rows=promotion_rows,
)
