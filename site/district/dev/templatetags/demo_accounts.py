"""The demo accounts for the login screen of `make dev`."""

from django import template
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[tuple[str, ...]]:
    """Return name, password, role and school of each existing demo account; DEBUG only."""
    if settings.PRODUCTION or not settings.DEBUG or not settings.LOGIN_ACCOUNTS:
        return []
    demo_users = get_user_model().objects.filter(is_sample=True, is_active=True)
    existing = set(demo_users.values_list("username", flat=True))
    return [row for row in import_string(settings.LOGIN_ACCOUNTS)() if row[0] in existing]
