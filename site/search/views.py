"""The search page, its answer to machines, and suggestions while somebody types.

Never cached: what has been withdrawn is gone at once.
"""

from functools import wraps

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import rate_limits
from core.display.site_context import get_site_context
from core.listing import paginate
from search import answers
from search.forms import SearchForm

PAGE_SIZE = 10
TEMPLATE = "search/search.html"


def unlisted(view):
    """For robots: an answer to a query is no page of its own."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


@never_cache
@unlisted
@require_safe
def search(request):
    """Pages that hold the words, as HTML or, for `Accept: application/json`, as JSON.

    Raises:
        Http404: `?page=` is no page of the results, or no site answers here.
    """
    home, form = _home(request), SearchForm(request.GET)
    if form.query and (wait := _wait(request, "search", settings.SEARCHES_A_MINUTE)):
        response = _shown(request, {"form": form, "limited": True}, status=429)
        response["Retry-After"] = str(wait)
        return response
    if not form.query:
        return _shown(request, {"form": form})
    answer = answers.answer(form.query, home, form.chosen())
    form.offer(answer.found)
    page_obj = paginate(answer.found.keys, request.GET.get("page"), PAGE_SIZE)
    first = page_obj.number == 1 and not form.chosen()
    return _shown(
        request,
        {
            "form": form,
            "answer": answer,
            "hits": page_obj,
            "total": page_obj.paginator.count,
            "results": answer.results(page_obj.object_list),
            "promoted": answers.promoted(form.query, home) if first else [],
            "query": form.query_string(),
        },
    )


@never_cache
@unlisted
@require_safe
def suggest(request):
    """Titles that the words typed so far may become, as JSON: `{"suggestions": […]}`."""
    home, form = _home(request), SearchForm(request.GET)
    if wait := _wait(request, "suggest", settings.SUGGESTIONS_A_MINUTE):
        return JsonResponse({"suggestions": []}, status=429, headers={"Retry-After": str(wait)})
    found = answers.suggestions(form.query, home) if form.query else []
    return JsonResponse({"suggestions": found})


def _home(request):
    home = get_site_context(request).home
    if home is None:
        raise Http404("no site")
    return home


def _wait(request, purpose: str, limit: int) -> int:
    return rate_limits.seconds_to_wait(request, purpose, {rate_limits.MINUTE: limit})


def _shown(request, context: dict, status: int = 200):
    context |= {"is_search": True}  # whose own field is enough
    wanted = request.get_preferred_type(["text/html", "application/json"])
    if wanted == "application/json":
        response = JsonResponse(_as_json(request, context), status=status)
    else:
        response = render(request, TEMPLATE, context, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def _as_json(request, context: dict) -> dict:
    """`excerpt` is HTML: escaped, with what was found in `<mark>`."""
    form, page_obj = context["form"], context.get("hits")
    results = [
        {
            "title": result.page.title,
            "url": result.page.get_full_url(request),
            "type": result.kind,
            "school": result.school,
            "excerpt": result.excerpt,
        }
        for result in context.get("results", [])
    ]
    answer = {
        "query": form.query,
        "total": context.get("total", 0),
        "near": bool(context.get("answer") and context["answer"].near),
        "page": page_obj.number if page_obj else 1,
        "pages": page_obj.paginator.num_pages if page_obj else 1,
        "results": results,
    }
    errors = {name: list(messages) for name, messages in form.errors.items()}
    return answer | ({"errors": errors} if errors else {})
