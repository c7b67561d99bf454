"""What the home page shows of the district's content: its slots first, then the newest."""

from django.apps import apps
from django.conf import settings
from django.db.models import Case, IntegerField, Value, When

from curation.slots import pinned_today


def sections_of(home) -> dict[str, list]:
    """Live pages below `home`, by the section names of `HOME_SECTIONS`: one query more than those.

    A slot entry whose page is not public any more leaves its place to the newest.
    """
    pinned = pinned_today(home)
    return {
        section: _first_and_newest(home, pinned.get(section, []), *rule)
        for section, rule in settings.HOME_SECTIONS.items()
    }


def _first_and_newest(home, pinned: list[int], name: str, conditions: dict, limit: int) -> list:
    model = apps.get_model(name)
    found = model.current().descendant_of(home).filter(**conditions)
    places = [When(pk=key, then=Value(place)) for place, key in enumerate(pinned)]
    if places:
        last = Value(len(places))
        place = Case(*places, default=last, output_field=IntegerField())
        return list(found.order_by(place, "-first_published_at", "-pk")[:limit])
    return list(found.order_by("-first_published_at", "-pk")[:limit])
