"""The site map for people: sections, standing pages and schools in one list."""

from itertools import groupby
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from brands.models import BrandPage
from core.display.site_context import get_site_context
from core.reachability import Branches, hidden_branches, reachable
from schools.models import SchoolPage


class SchoolEntry(NamedTuple):
    """A school with its school brand, if that is public."""

    page: SchoolPage
    brand: BrandPage | None


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show the site map; the number of queries does not depend on the number of schools.

    Raises:
        Http404: the host has no site.
    """
    home = get_site_context(request).home
    if home is None:
        raise Http404
    hidden = hidden_branches()
    context = {
        "standing_pages": standing_pages(home, hidden),
        "townships": schools_by_township(home, hidden),
    }
    return render(request, "syndication/site_map.html", context)


def standing_pages(home: Page, hidden: Branches) -> list[Page]:
    """Return the public pages of `SITE_MAP_PAGE_TYPE` below `home`, in the order of the tree."""
    pages = apps.get_model(settings.SITE_MAP_PAGE_TYPE).objects.descendant_of(home)
    return list(reachable(pages, hidden).order_by("path"))


def schools_by_township(home: Page, hidden: Branches) -> list[tuple[str, list[SchoolEntry]]]:
    """Return the public schools below `home` by township, those without one last."""
    pages = SchoolPage.objects.descendant_of(home).order_by("title", "pk")
    brands = school_brands(home, hidden)
    schools = [SchoolEntry(page, brands.get(page.pk)) for page in reachable(pages, hidden)]
    schools.sort(key=lambda school: (not school.page.township, school.page.township))
    groups = groupby(schools, key=lambda school: school.page.township)
    return [(township, list(group)) for township, group in groups]


def school_brands(home: Page, hidden: Branches) -> dict[int, BrandPage]:
    """Return the public school brands below `home` by the primary key of their school."""
    brands = BrandPage.objects.descendant_of(home).filter(kind=BrandPage.Kind.SCHOOL)
    return {brand.school_id: brand for brand in reachable(brands, hidden)}
