"""The seal of a brand: what its page says, as the stone is cut."""

from django.utils.translation import gettext as _

from core.seals.drawing import Seal


def seal_of(brand) -> Seal:
    """The seal of a BrandPage, the same in every language; its title speaks the reader's."""
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
