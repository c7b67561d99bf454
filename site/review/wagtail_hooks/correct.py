"""Correcting, urgent items and their looks in the admin."""

from django.template.loader import render_to_string
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.admin_menu import CountedMenuItem
from review.domain import corrections, urgency
from review.views import correct as correct_views
from review.views import urgent as urgent_views
from roles.role_queries import levels_held_by


@hooks.register("register_admin_urls")
def register_correction_urls():
    """Correct, mark urgent, look, accept a suggestion."""
    return [
        path(
            "review/<int:task_state_id>/correct/",
            correct_views.CorrectView.as_view(),
            name="review_correct",
        ),
        path(
            "review/<int:task_state_id>/urgent/",
            urgent_views.mark_urgent_view,
            name="review_mark_urgent",
        ),
        path("review/looks/", urgent_views.checks_view, name="review_post_publication_checks"),
        path(
            "review/suggestion/<int:page_id>/",
            correct_views.accept_suggestion_view,
            name="review_accept_suggestion",
        ),
    ]


class ChecksMenuItem(CountedMenuItem):
    """Shown only while an urgent item owes this person's check."""

    def is_shown(self, request):
        concerned = request.user.is_superuser or bool(levels_held_by(request.user))
        return concerned and urgency.owed_checks().exists()

    def count(self, request):
        return len(urgency.open_checks_for(request.user))


@hooks.register("register_admin_menu_item")
def register_looks_menu_item():
    """Below the queue."""
    url = reverse_lazy("review_post_publication_checks")
    return ChecksMenuItem(_("Looks owed"), url, name="looks", icon_name="warning", order=15)


@hooks.register("before_edit_page")
def offer_the_suggestion(request, page):
    """Whoever opens a returned page with a suggestion sees it, and can take it over."""
    suggestion = corrections.open_suggestion(page) if request.method == "GET" else None
    if suggestion is None:
        return
    from wagtail.admin import messages

    messages.info(request, _offer(request, page, suggestion))


def _offer(request, page, suggestion) -> str:
    now = page.get_latest_revision_as_object()
    then = page.with_content_json(suggestion.content)
    bound = page.get_edit_handler().get_bound_panel(instance=now, request=request, form=None)
    comparisons = [part(now, then) for part in bound.get_comparison()]
    changed = [part for part in comparisons if part.has_changed()]
    context = {"page": page, "suggestion": suggestion, "changed": changed}
    return render_to_string("review/suggestion.html", context, request)
