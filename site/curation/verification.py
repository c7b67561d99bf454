"""Slots and promoted results stand as two people confirmed them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from audit.verification import Problem
from change_requests.verification import confirmed_payloads
from curation.models import SlotEntry
from curation.promoted_results import PROMOTION_KIND
from curation.slots import SLOT_KIND
from search.models import PromotedResult


def curation_problems() -> Iterator[Problem]:
    """Yield slot entries and promoted results that no entry explains, or that are missing."""
    existing = set(Page.objects.values_list("pk", flat=True))
    yield from slot_problems(existing)
    yield from promotion_problems(existing)


def slot_problems(existing: set[int]) -> Iterator[Problem]:
    """Yield slots that show other pages, days or another order than their last entry says."""
    recorded: dict[tuple[int, str], list[tuple]] = {}
    for payload in confirmed_payloads(SLOT_KIND.name):
        recorded[payload["home"], payload["slot"]] = [
            (entry["page"], entry["starts_on"], entry.get("ends_on") or "")
            for entry in payload["entries"]
            if entry["page"] in existing
        ]
    stored: dict[tuple[int, str], list[tuple]] = {}
    for row in SlotEntry.objects.order_by("order", "pk"):
        rows = stored.setdefault((row.home_id, row.slot), [])
        rows.append((row.target_id, str(row.starts_on), str(row.ends_on or "")))
    for home_id, slot in sorted(recorded.keys() | stored.keys()):
        if recorded.get((home_id, slot), []) != stored.get((home_id, slot), []):
            yield Problem(_("Slot “%s” of the home page: no entry says so.") % slot)


def promotion_problems(existing: set[int]) -> Iterator[Problem]:
    """Yield pages that are promoted otherwise than the entries say."""
    recorded: dict[int, str] = {}
    for payload in confirmed_payloads(PROMOTION_KIND.name):
        if payload.get("ends"):
            recorded.pop(payload.get("page", 0), None)
        elif payload["page"] in existing:
            recorded[payload["page"]] = payload["words"]
    stored = dict(PromotedResult.objects.values_list("page_id", "words"))
    for page_id in sorted(recorded.keys() | stored.keys()):
        if recorded.get(page_id) != stored.get(page_id):
            yield Problem(
                _("Promoted result of page %s: no entry says so.") % page_id, None, page_id
            )
