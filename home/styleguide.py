"""The living style page: every part of the site, with real data, in whichever mode is chosen."""

from django.shortcuts import render
from wagtail.admin.auth import require_admin_access

from core.display.site_context import get_site_context
from core.listing import ListingForm, paginate
from core.seals.drawing import Seal
from home.sections import sections_of

# The tokens of static/css/tokens.css, each with the ground it stands on.
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
ROWS_OF_PAGER = range(200)
OUT_OF_REACH = "字" * 61


@require_admin_access
def styleguide(request):
    """`/styleguide/`, for whoever may enter the admin: parts as templates show them, not copies."""
    home = get_site_context(request).home
    index = get_site_context(request).index.get("brands")
    refused = ListingForm({"q": OUT_OF_REACH}, entries=None, index=index)
    return render(
        request,
        "home/styleguide.html",
        {
            "colours": COLOURS,
            "sizes": SIZES,
            "seals": [*SEALS, Seal("")],
            "sections": sections_of(home) if home else {},
            "figures": list(home.figures.all()) if home else [],
            "index": index,
            "refused": refused,
            "pages": paginate(ROWS_OF_PAGER, "4", 20),
        },
    )
