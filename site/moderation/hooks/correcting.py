"""Correcting, urgent items and their looks in the admin."""

from django.template.loader import render_to_string
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from moderation import correction, urgency
from moderation.held import deciding_levels
from moderation.screens import correct, urgent


@hooks.register("register_admin_urls")
def register_correction_urls():
    """Correct, mark urgent, look, accept a suggestion."""
    return [
        path(
            "review/<int:task_state_id>/correct/",
            correct.CorrectView.as_view(),
            name="moderation_correct",
        ),
        path("review/<int:task_state_id>/urgent/", urgent.mark, name="moderation_mark_urgent"),
        path("review/looks/", urgent.looks, name="moderation_looks"),
        path("review/suggestion/<int:page_id>/", correct.accept, name="moderation_accept"),
    ]


class LooksMenuItem(MenuItem):
    """Shown only while an urgent item owes this person's look."""

    def is_shown(self, request):
        concerned = request.user.is_superuser or bool(deciding_levels(request.user))
        return concerned and urgency.owed_looks().exists()

    def render_component(self, request):
        """The entry with the number of looks; the number stays out of the shared object."""
        number = len(urgency.open_looks(request.user))
        label = f"{self.label} ({number})" if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def register_looks_menu_item():
    """Below the queue."""
    url = reverse_lazy("moderation_looks")
    return LooksMenuItem(_("Looks owed"), url, name="looks", icon_name="warning", order=15)


@hooks.register("before_edit_page")
def offer_the_suggestion(request, page):
    """Whoever opens a returned page with a suggestion sees it, and can take it over."""
    suggestion = correction.open_suggestion(page) if request.method == "GET" else None
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
    return render_to_string("moderation/suggestion.html", context, request)
