"""What the home page shows of the district's content: the newest of each type."""

from django.apps import apps
from django.conf import settings


def sections_of(home) -> dict[str, list]:
    """The newest live pages below `home`, by the section names of `HOME_SECTIONS`."""
    return {section: _newest(home, *rule) for section, rule in settings.HOME_SECTIONS.items()}


def _newest(home, name: str, conditions: dict, limit: int) -> list:
    model = apps.get_model(name)
    found = model.listed().descendant_of(home).filter(**conditions)
    return list(found.order_by("-first_published_at", "-pk")[:limit])
