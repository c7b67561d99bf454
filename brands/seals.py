"""The seal of a brand."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.seals.drawing import Seal

if TYPE_CHECKING:
    from brands.models import BrandPage


def brand_seal(brand: "BrandPage") -> Seal:
    """Return the seal of `brand`; its title is in the active language, all else is the same."""
    title = _("Seal of the brand of %(publisher)s: %(characters)s") % {
        "publisher": brand.publisher,
        "characters": brand.seal_characters,
    }
    return Seal(
        brand.seal_characters,
        brand.seal_shape,
        brand.seal_style,
        title,
        stone=str(brand.translation_key),
        colour=brand.seal_colour,
    )
