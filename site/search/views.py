"""The search page as HTML and JSON, and suggestions while somebody types.

Never cached: what has been withdrawn disappears at once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core import rate_limits
from core.display.site_context import get_site_context
from core.listing import paginate
from search import results
from search.forms import SearchForm

PAGE_SIZE = 10
TEMPLATE = "search/search.html"


def noindex(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Tell robots that results are no page of their own."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@never_cache
@noindex
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the pages that match, as HTML or, for `Accept: application/json`, as JSON.

    Raises:
        Http404: `?page=` is no page of the results, or the host has no site.
    """
    home, form = _get_home(request), SearchForm(request.GET)
    if form.query and (wait := _seconds_to_wait(request, "search", settings.SEARCHES_A_MINUTE)):
        response = _render(request, {"form": form, "limited": True}, status=429)
        response["Retry-After"] = str(wait)
        return response
    if not form.query:
        return _render(request, {"form": form})
    search_response = results.search_pages(form.query, home, form.facet_values())
    form.set_facet_choices(search_response.results)
    page_obj = paginate(search_response.results.page_ids, request.GET.get("page"), PAGE_SIZE)
    shows_promoted = page_obj.number == 1 and not form.facet_values()
    return _render(
        request,
        {
            "form": form,
            "search": search_response,
            # Not `page_obj`: that is a listing, whose pages date the whole document.
            "result_page": page_obj,
            "total": page_obj.paginator.count,
            "hits": search_response.hits(page_obj.object_list),
            "promoted": results.promoted_pages(form.query, home) if shows_promoted else [],
            "query": form.query_string(),
        },
    )


@never_cache
@noindex
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return titles that a query typed so far may become, as JSON: `{"suggestions": […]}`."""
    home, form = _get_home(request), SearchForm(request.GET)
    if wait := _seconds_to_wait(request, "suggest", settings.SUGGESTIONS_A_MINUTE):
        return JsonResponse({"suggestions": []}, status=429, headers={"Retry-After": str(wait)})
    titles = results.suggest_titles(form.query, home) if form.query else []
    return JsonResponse({"suggestions": titles})


def _get_home(request: HttpRequest) -> Page:
    home = get_site_context(request).home
    if home is None:
        raise Http404("no site")
    return home


def _seconds_to_wait(request: HttpRequest, purpose: str, limit: int) -> int:
    return rate_limits.seconds_to_wait(request, purpose, {rate_limits.MINUTE: limit})


def _render(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    # The search field of the masthead is left out: the page has its own.
    context |= {"is_search": True}
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse(_as_json(request, context), status=status)
    else:
        response = render(request, TEMPLATE, context, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def _as_json(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the results; `excerpt` is escaped HTML with the matches in `<mark>`."""
    form, page_obj = context["form"], context.get("result_page")
    hits = [
        {
            "title": hit.page.title,
            "url": hit.page.get_full_url(request),
            "type": hit.kind,
            "school": hit.school,
            "excerpt": hit.excerpt,
        }
        for hit in context.get("hits", [])
    ]
    content = {
        "query": form.query,
        "total": context.get("total", 0),
        "near": bool(context.get("search") and context["search"].is_similar),
        "page": page_obj.number if page_obj else 1,
        "pages": page_obj.paginator.num_pages if page_obj else 1,
        "results": hits,
    }
    errors = {name: list(messages) for name, messages in form.errors.items()}
    return content | ({"errors": errors} if errors else {})
