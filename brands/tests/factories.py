"""Brand pages for tests, live and unsaved."""

import json

from brands.models import BrandPage
from publication.initial_publication import Source, publish_initial


def mechanism(*counts: int) -> str:
    """A mechanism with so many parts per group, as the database holds it."""
    groups = [
        {
            "name": f"第{number}组",
            "parts": [{"label": f"部分{part}", "detail": ""} for part in range(count)],
        }
        for number, count in enumerate(counts, start=1)
    ]
    return json.dumps([{"type": "group", "value": group} for group in groups])


def build_brand(**fields) -> BrandPage:
    """A complete brand page that is nowhere yet."""
    return BrandPage(
        **{
            "title": "党旗映彩虹",
            "slogan": "党旗映彩虹 师生共成长",
            "seal_characters": "旗映彩虹",
            "meaning": "<p>七种颜色，七件长期在做的事。</p>",
            "live": False,
        }
        | fields
    )


def publish_brand(school, **fields) -> BrandPage:
    """Return a live sample brand below `school`."""
    page = build_brand(locale=school.locale, **fields)
    type(school).objects.get(pk=school.pk).add_child(instance=page)
    return publish_initial(page, Source.DEMO)
