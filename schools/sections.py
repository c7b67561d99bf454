"""What a school's page shows of the school's content: types by name, from the settings."""

from typing import NamedTuple

from django.apps import apps
from django.conf import settings


class Section(NamedTuple):
    """The newest live pages of one type: `model` meta for headings, `pages` for rows."""

    title: str
    pages: list


def sections_of(school) -> list[Section]:
    """One section for each type named in `SCHOOL_SECTIONS` that has live pages of `school`."""
    found = []
    for name, limit in settings.SCHOOL_SECTIONS:
        model = apps.get_model(name)
        rows = model.listed().filter(school=school)
        pages = list(rows.order_by("-first_published_at", "-pk")[:limit])
        if pages:
            found.append(Section(str(model._meta.verbose_name_plural), pages))
    return found
