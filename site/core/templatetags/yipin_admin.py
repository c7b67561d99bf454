"""What our copies of Wagtail's templates need to speak to people, not to programmers."""

from django import template
from django.apps import apps
from django.conf import settings
from wagtail.models import PAGE_PERMISSION_TYPES

register = template.Library()


@register.simple_tag
def installation_name() -> str:
    """The name of this installation, for titles and the login."""
    return settings.WAGTAIL_SITE_NAME


@register.filter
def app_name(label: str) -> str:
    """What people call the package a page type belongs to."""
    return apps.get_app_config(label).verbose_name


@register.filter
def page_permission_label(option) -> str:
    """What one checkbox of the page permissions of a group allows, in words."""
    labels = {codename: label for codename, _short, label in PAGE_PERMISSION_TYPES}
    return labels[str(option.data["value"])]
