"""The sections of a school's page: its newest content by type, as `SCHOOL_SECTIONS` names it."""

from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.conf import settings

from core.models import BasePage

if TYPE_CHECKING:
    from schools.models import SchoolPage


class Section(NamedTuple):
    """The newest live pages of one type, under the name of that type."""

    title: str
    pages: list[BasePage]


def school_sections(school: "SchoolPage") -> list[Section]:
    """Return a section for each type in `SCHOOL_SECTIONS` that has live pages of `school`."""
    sections = []
    for type_name, limit in settings.SCHOOL_SECTIONS:
        model = apps.get_model(type_name)
        pages = model.listed().filter(school=school).order_by("-first_published_at", "-pk")[:limit]
        if pages:
            sections.append(Section(str(model._meta.verbose_name_plural), list(pages)))
    return sections
