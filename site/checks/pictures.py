"""The check for alternative texts of pictures."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from checks.registry import Finding, Severity, register
from core.media.references import images_of


@register("alt texts")
def check_alt_texts(page: Page) -> Iterator[Finding]:
    """Yield the pictures that are neither described nor marked as decorative."""
    for image in images_of(page):
        if not image.description and not image.is_decorative:
            message = _("The picture “%(title)s” has no description. Describe it for the blind.")
            yield Finding(Severity.ERROR, message % {"title": image.title})
