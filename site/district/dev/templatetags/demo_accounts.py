"""The demo accounts for the login screen of `make dev`."""

from django import template
from django.conf import settings
from django.contrib.auth import get_user_model

from district.management.commands import serve

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[tuple[str, ...]]:
    """Name, password, role and school of each demo account that exists here; DEBUG only."""
    if settings.PRODUCTION or not settings.DEBUG:
        return []
    samples = get_user_model().objects.filter(is_sample=True, is_active=True)
    existing = set(samples.values_list("username", flat=True))
    return [row for row in serve.Command().account_rows() if row[0] in existing]
