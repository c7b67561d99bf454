"""Slots of the home page: which public pages stand first, changed by two people, not by review.

They are rows beside the page, no part of its text: a change neither needs the page's review nor
waits for it.
"""

from datetime import date

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from change_requests.domain import ChangeKind
from core.days import active_on
from core.tree import live_home_pages
from curation.models import Slot, SlotEntry
from roles.models import Level

MOST = 10


# A slot without a section of its own stands at the head of another's.
SECTION_OF = {Slot.LEAD: Slot.HEADLINES}


def fitting(home, slot: str):
    """The public pages below `home` that may stand in `slot`."""
    name, conditions, _limit = settings.HOME_SECTIONS[SECTION_OF.get(slot, slot)]
    model = apps.get_model(name)
    return model.objects.live().descendant_of(home).filter(**conditions)


def entries_of(home):
    """The slot entries of this home page, given as a HomePage or a plain page."""
    return SlotEntry.objects.filter(home_id=home.pk)


def pinned_today(home) -> dict[str, list[int]]:
    """Section → ids of the pages that stand first in it today, in their order; one query."""
    pinned: dict[str, list[int]] = {}
    entries = entries_of(home).filter(active_on(timezone.localdate())).order_by("order", "pk")
    # A page in the lead stands before the entries of the section it heads.
    for entry in sorted(entries, key=lambda entry: entry.slot not in SECTION_OF):
        keys = pinned.setdefault(SECTION_OF.get(entry.slot, entry.slot), [])
        if entry.target_id not in keys:
            keys.append(entry.target_id)
    return pinned


def slot_errors(payload: dict) -> list[str]:
    """What speaks against these entries, now."""
    home = live_home_pages().filter(pk=payload.get("home")).first()
    slot, entries = payload.get("slot"), payload.get("entries", [])
    if home is None or slot not in Slot.values:
        return [_("There is no such slot on a public home page.")]
    if len(entries) > MOST:
        return [_("At most %(number)d pages stand in a slot.") % {"number": MOST}]
    keys = [entry["page"] for entry in entries]
    reasons = []
    if len(set(keys)) < len(keys):
        reasons.append(_("A page stands in a slot once."))
    fits = set(fitting(home, slot).filter(pk__in=keys).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=keys).values_list("pk", "title"))
    for key in dict.fromkeys(keys):
        if key not in fits:
            words = _("“%(title)s” is not public, or does not belong in this slot.")
            reasons.append(words % {"title": titles.get(key, key)})
    if any(until and until < since for since, until in map(term, entries)):
        reasons.append(_("The last day lies before the first."))
    return reasons


def term(entry: dict) -> tuple[date, date | None]:
    """First and last day of an entry of a payload."""
    until = entry.get("ends_on")
    return date.fromisoformat(entry["starts_on"]), date.fromisoformat(until) if until else None


def apply_slot(payload: dict) -> None:
    """Let exactly these entries stand in the slot."""
    SlotEntry.objects.filter(home_id=payload["home"], slot=payload["slot"]).delete()
    for order, entry in enumerate(payload["entries"]):
        since, until = term(entry)
        SlotEntry.objects.create(
            home_id=payload["home"],
            slot=payload["slot"],
            target_id=entry["page"],
            starts_on=since,
            ends_on=until,
            order=order,
        )


def change_rows(payload: dict) -> list[tuple]:
    """The change in words: the slot, its entries as they stand, as they would be."""
    keys = [entry["page"] for entry in payload["entries"]]
    titles = dict(Page.objects.filter(pk__in=keys).values_list("pk", "title"))
    stands = SlotEntry.objects.filter(home_id=payload["home"], slot=payload["slot"])
    before = [
        in_words(entry.target.title, entry.starts_on, entry.ends_on)
        for entry in stands.select_related("target")
    ]
    after = [
        in_words(titles.get(entry["page"], f"#{entry['page']}"), *term(entry))
        for entry in payload["entries"]
    ]
    newest = _("the newest")
    label = Slot(payload["slot"]).label
    return [(label, "\n".join(before) or newest, "\n".join(after) or newest)]


def in_words(title: str, since: date, until: date | None) -> str:
    """An entry in one line."""
    return f"{title} ({since} – {until or ''})"


CHANGE = ChangeKind(
    "slot",
    gettext_lazy("slot of the home page"),
    apply=apply_slot,
    check=slot_errors,
    levels=(Level.SECTION, Level.FINAL),
    words=change_rows,
)
