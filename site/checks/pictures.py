"""Whether every picture of a page says what it shows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from checks.registry import BLOCK, Finding, check
from core.media.references import images_of


@check("alt texts")
def alt_texts(page) -> Iterator[Finding]:
    """Pictures that are neither described nor marked as decorative."""
    for image in images_of(page):
        if not image.description and not image.is_decorative:
            words = _("The picture “%(title)s” has no description. Describe it for the blind.")
            yield Finding(BLOCK, words % {"title": image.title})
