"""The page that lists the whole site for people: sections, standing pages, schools."""

from itertools import groupby

from django.apps import apps
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.display.site_context import get_site_context
from core.reachability import hidden_branches, reachable
from schools.models import SchoolPage


@require_safe
def site_map(request):
    """What the site has, in one column: as many queries for 600 schools as for two."""
    home = get_site_context(request).home
    if home is None:
        raise Http404
    dead = hidden_branches()
    standing = reachable(
        apps.get_model("home.StandardPage").objects.descendant_of(home), dead
    ).order_by("path")
    return render(
        request,
        "syndication/site_map.html",
        {"standing": list(standing), "townships": townships_of(home, dead)},
    )


def townships_of(home, dead) -> list[tuple[str, list]]:
    """The schools below `home` by township, each with its brand in `brand`; those of none last."""
    schools = list(reachable(SchoolPage.objects.descendant_of(home), dead).order_by("title", "pk"))
    brands = brands_of(home, dead)
    for school in schools:
        school.brand = brands.get(school.pk)
    schools.sort(key=lambda school: (not school.township, school.township))
    return [
        (name, list(rows)) for name, rows in groupby(schools, key=lambda school: school.township)
    ]


def brands_of(home, dead) -> dict:
    """The school brands below `home`, by the school's key."""
    BrandPage = apps.get_model("brands.BrandPage")
    pages = BrandPage.objects.descendant_of(home).filter(kind=BrandPage.Kind.SCHOOL)
    return {page.school_id: page for page in reachable(pages, dead)}
