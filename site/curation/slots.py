"""Slots of the home page: which public pages stand first, changed by two people, not by review.

They are rows beside the page and no part of its text: a change neither needs the review of the
home page nor waits for it.
"""

from datetime import date

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from change_requests.kinds import ChangeKind, ChangeRow, Payload
from core.days import active_on
from core.tree import live_home_pages
from curation.models import Slot, SlotEntry
from roles.models import Level

MAX_ENTRIES = 10
# A slot without a section of its own stands at the head of another's.
SECTION_OF: dict[str, str] = {Slot.LEAD: Slot.HEADLINES}


def eligible_pages(home: Page, slot: str) -> QuerySet:
    """Return the public pages below `home` that may stand in `slot`."""
    name, conditions, _limit = settings.HOME_SECTIONS[SECTION_OF.get(slot, slot)]
    model = apps.get_model(name)
    return model.objects.live().descendant_of(home).filter(**conditions)


def entries_of(home: Page) -> QuerySet[SlotEntry]:
    """Return the slot entries of this home page, given as a HomePage or a plain page."""
    return SlotEntry.objects.filter(home_id=home.pk)


def pinned_today(home: Page) -> dict[str, list[int]]:
    """Return section → ids of the pages that stand first in it today, in their order; one query."""
    pinned: dict[str, list[int]] = {}
    entries = entries_of(home).filter(active_on(timezone.localdate())).order_by("order", "pk")
    # A page in the lead stands before the entries of the section it heads.
    for entry in sorted(entries, key=lambda entry: entry.slot not in SECTION_OF):
        keys = pinned.setdefault(SECTION_OF.get(entry.slot, entry.slot), [])
        if entry.target_id not in keys:
            keys.append(entry.target_id)
    return pinned


def slot_errors(payload: Payload) -> list[str]:
    """Return why these entries cannot stand in the slot now."""
    home = live_home_pages().filter(pk=payload.get("home")).first()
    slot, entries = payload.get("slot"), payload.get("entries", [])
    if home is None or slot not in Slot.values:
        return [_("There is no such slot on a public home page.")]
    if len(entries) > MAX_ENTRIES:
        return [_("At most %(number)d pages stand in a slot.") % {"number": MAX_ENTRIES}]
    ids = [entry["page"] for entry in entries]
    errors = [_("A page stands in a slot once.")] if len(set(ids)) < len(ids) else []
    errors += eligibility_errors(home, slot, ids)
    if any(last and last < first for first, last in map(days_of, entries)):
        errors.append(_("The last day lies before the first."))
    return errors


def eligibility_errors(home: Page, slot: str, page_ids: list[int]) -> list[str]:
    """Return one error for each page that may not stand in the slot."""
    eligible = set(eligible_pages(home, slot).filter(pk__in=page_ids).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "title"))
    return [
        _("“%(title)s” is not public, or does not belong in this slot.")
        % {"title": titles.get(page_id, page_id)}
        for page_id in dict.fromkeys(page_ids)
        if page_id not in eligible
    ]


def days_of(entry: dict) -> tuple[date, date | None]:
    """Return the first and the last day of an entry of a payload."""
    last = entry.get("ends_on")
    return date.fromisoformat(entry["starts_on"]), date.fromisoformat(last) if last else None


def apply_slot(payload: Payload) -> None:
    """Replace the entries of the slot by exactly these."""
    SlotEntry.objects.filter(home_id=payload["home"], slot=payload["slot"]).delete()
    for order, entry in enumerate(payload["entries"]):
        first, last = days_of(entry)
        SlotEntry.objects.create(
            home_id=payload["home"],
            slot=payload["slot"],
            target_id=entry["page"],
            starts_on=first,
            ends_on=last,
            order=order,
        )


def slot_rows(payload: Payload) -> list[ChangeRow]:
    """Compare the entries of the slot as they stand with the ones requested."""
    ids = [entry["page"] for entry in payload["entries"]]
    titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "title"))
    current = SlotEntry.objects.filter(home_id=payload["home"], slot=payload["slot"])
    before = [
        describe_entry(entry.target.title, entry.starts_on, entry.ends_on)
        for entry in current.select_related("target")
    ]
    after = [
        describe_entry(titles.get(entry["page"], f"#{entry['page']}"), *days_of(entry))
        for entry in payload["entries"]
    ]
    empty = _("the newest")
    label = Slot(payload["slot"]).label
    return [ChangeRow(label, "\n".join(before) or empty, "\n".join(after) or empty)]


def describe_entry(title: str, first: date, last: date | None) -> str:
    """Return an entry in one line: its title and its days."""
    return f"{title} ({first} – {last or ''})"


SLOT_KIND = ChangeKind(
    "slot",
    gettext_lazy("slot of the home page"),
    apply=apply_slot,
    errors=slot_errors,
    rows=slot_rows,
    levels=(Level.SECTION, Level.FINAL),
)
