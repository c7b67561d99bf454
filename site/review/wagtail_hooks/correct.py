"""Correcting, and the suggestion that its editor finds on the returned page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from review.domain import corrections
from review.models.queue import Suggestion
from review.views import correct as correct_views


@hooks.register("register_admin_urls")
def register_correction_urls() -> list[URLPattern]:
    """Return the screen of a correction, and where a suggestion is accepted."""
    return [
        path(
            "review/<int:task_state_id>/correct/",
            correct_views.CorrectView.as_view(),
            name="review_correct",
        ),
        path(
            "review/suggestion/<int:page_id>/",
            correct_views.accept_suggestion_view,
            name="review_accept_suggestion",
        ),
    ]


@hooks.register("before_edit_page")
def show_suggestion(request: HttpRequest, page: Page) -> None:
    """Show the suggestion to whoever opens a returned page; they can take it over."""
    suggestion = corrections.open_suggestion(page) if request.method == "GET" else None
    if suggestion:
        messages.info(request, _rendered(request, page, suggestion))


def _rendered(request: HttpRequest, page: Page, suggestion: Suggestion) -> str:
    current = page.get_latest_revision_as_object()
    suggested = page.with_content_json(suggestion.content)
    panel = page.get_edit_handler().get_bound_panel(instance=current, request=request, form=None)
    comparisons = [compare(current, suggested) for compare in panel.get_comparison()]
    changed = [comparison for comparison in comparisons if comparison.has_changed()]
    context = {"page": page, "suggestion": suggestion, "changed": changed}
    return render_to_string("review/suggestion.html", context, request)
