"""Template tags for the admin: texts that Wagtail's own templates leave untranslated."""

from django import template
from django.apps import apps
from django.conf import settings
from django.forms.boundfield import BoundWidget
from django.utils.functional import Promise
from wagtail.models import PAGE_PERMISSION_TYPES

register = template.Library()


@register.simple_tag
def installation_name() -> str:
    """Return the name of this installation, for titles and the login."""
    return settings.WAGTAIL_SITE_NAME


@register.filter
def app_name(label: str) -> str | Promise:
    """Return the verbose name of the app with this label."""
    return apps.get_app_config(label).verbose_name


@register.filter
def page_permission_label(option: BoundWidget) -> str | Promise:
    """Return what a checkbox of a group's page permissions allows."""
    labels = {codename: label for codename, _short, label in PAGE_PERMISSION_TYPES}
    return labels[str(option.data["value"])]
