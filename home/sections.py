"""The sections of the home page: pinned pages first, then the newest."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Case, IntegerField, Value, When
from wagtail.models import Page

from core.models import BasePage
from curation.slots import pinned_today


def home_sections(home: Page) -> dict[str, list[BasePage]]:
    """Return live pages below `home` by the section names of `HOME_SECTIONS`.

    A pinned page that is not public any more gives way to the newest. One query for each section
    and one for the pinned pages.
    """
    pinned = pinned_today(home)
    return {
        section: _pinned_then_newest(home, pinned.get(section, []), type_name, conditions, limit)
        for section, (type_name, conditions, limit) in settings.HOME_SECTIONS.items()
    }


def _pinned_then_newest(
    home: Page, pinned: list[int], type_name: str, conditions: dict[str, Any], limit: int
) -> list[BasePage]:
    pages = apps.get_model(type_name).current().descendant_of(home).filter(**conditions)
    order = ["-first_published_at", "-pk"]
    if pinned:
        positions = [When(pk=pk, then=Value(position)) for position, pk in enumerate(pinned)]
        last = Value(len(pinned))
        position = Case(*positions, default=last, output_field=IntegerField())
        return list(pages.order_by(position, *order)[:limit])
    return list(pages.order_by(*order)[:limit])
