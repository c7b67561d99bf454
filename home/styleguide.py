"""The living style guide: every component of the site, with real data, in the chosen mode."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.auth import require_admin_access

from core.display.site_context import get_site_context
from core.listing import ListingForm, paginate
from core.seals.drawing import Seal
from home.sections import home_sections

# The tokens of static/css/tokens.css.
COLOURS = ["paper", "paper-2", "ink", "ink-2", "ink-3", "red", "gold", "pine", "indigo"]
SIZES = [f"t{step}" for step in range(9, -1, -1)]
SEALS = [
    Seal(characters, shape, style)
    for characters, shape, style in [
        ("任", "square", "intaglio"),
        ("任城", "square", "relief"),
        ("红种子", "square", "intaglio"),
        ("旗映彩虹", "square", "intaglio"),
        ("心匠", "round", "relief"),
        ("立德树人", "round", "intaglio"),
    ]
]
PAGINATED_ROWS = range(200)
# One character more than a listing's form takes.
TOO_LONG_QUERY = "字" * 61


@require_admin_access
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show `/styleguide/` to whoever may enter the admin: the site's own templates, no copies."""
    home = get_site_context(request).home
    index = get_site_context(request).index.get("brands")
    invalid_form = ListingForm({"q": TOO_LONG_QUERY}, entries=None, index=index)
    return render(
        request,
        "home/styleguide.html",
        {
            "colours": COLOURS,
            "sizes": SIZES,
            "seals": [*SEALS, Seal("")],
            "sections": home_sections(home) if home else {},
            "figures": list(home.figures.all()) if home else [],
            "index": index,
            "invalid_form": invalid_form,
            "pages": paginate(PAGINATED_ROWS, "4", 20),
        },
    )
