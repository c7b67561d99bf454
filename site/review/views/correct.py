"""A reviewer corrects a waiting text or suggests another one; its editor takes that over."""

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, PagePermissionTester, TaskState

from core import unsaved_input
from core.messages import show_errors
from core.publishing.refusals import Refused
from core.requests import AdminRequest
from review import permissions
from review.domain import corrections, gate
from review.forms import CorrectionForm
from roles.models import Level

MISSING = gettext_lazy("This item is no longer here.")


class CorrectionMenu(Component):
    """In place of Wagtail's action menu: correct, or return with the suggestion."""

    template_name = "review/correct_menu.html"

    def __init__(self, context: dict[str, Any]) -> None:
        self.context = context

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return self.context


class CorrectView(EditView):
    """Wagtail's edit screen for one reviewer, one time; it saves by `corrections` alone.

    Whoever comes too late gets the form back with everything typed and nothing to save it by.
    """

    # The lock of a waiting item is for everybody else; see `core.publishing.contexts.correcting`.
    lock = property(lambda self: None, lambda self, value: None)
    locked_for_user = property(lambda self: False, lambda self, value: None)
    autosave_enabled = property(lambda self: False, lambda self, value: None)

    @property
    def page_perms(self) -> PagePermissionTester:
        """Who may read the page, too late to correct it, gets the form back to copy from."""
        return self._page_perms

    @page_perms.setter
    def page_perms(self, tester: PagePermissionTester) -> None:
        if self.closed_errors:
            tester.can_edit = lambda: True
        self._page_perms = tester

    def dispatch(self, request: AdminRequest, task_state_id: int, **kwargs: Any) -> HttpResponse:
        if not self.load_submission(task_state_id):
            return self.leave([str(MISSING)], reverse("review_queue"))
        page = self.submission.page
        readable = request.method == "POST" and permissions.may_read_item(request.user, page)
        if self.closed_errors and not readable:
            return self.leave(self.closed_errors, self.decision_address)
        self.correction_form = CorrectionForm(
            request.POST or None, initial={"correction_digest": self.submission.digest}
        )
        response: HttpResponse = super().dispatch(request, page.pk, **kwargs)
        return response

    def load_submission(self, task_state_id: int) -> bool:
        """Read the item as it is now, and why it is closed to this person; False if it is gone."""
        self.task_state = (
            TaskState.objects.select_related("workflow_state", "task", "revision")
            .filter(pk=task_state_id)
            .first()
        )
        level = gate.level_of(self.task_state)
        page = self.task_state.workflow_state.content_object if level else None
        if level is None or page is None:
            return False
        self.submission = gate.Submission(page.specific, self.task_state.workflow_state)
        self.closed_errors = gate.state_errors(self.task_state) or gate.reviewer_errors(
            self.submission, level, self.request.user
        )
        return True

    def leave(self, errors: Sequence[str], address: str) -> HttpResponse:
        """Show the errors and lead on; who posted a text gets its words to copy."""
        show_errors(self.request, errors)
        if self.request.method == "POST":
            response: HttpResponse = unsaved_input.render_unsaved_input(self.request)
            return response
        return redirect(address)

    @property
    def decision_address(self) -> str:
        """The screen on which the item is decided."""
        return reverse("review_decide", args=[self.task_state.pk])

    def get_page_title(self) -> str:
        return _("Correct")

    def get_edit_url(self) -> str:
        return reverse("review_correct", args=[self.task_state.pk])

    def get_action_menu(self) -> CorrectionMenu:
        remaining, excluded, can_correct = {}, [], False
        if not self.closed_errors:
            remaining = corrections.remaining_reviewers(self.submission, self.request.user)
            excluded = corrections.excluded_after(self.submission, self.request.user)
            can_correct = corrections.can_pass_without(self.submission, self.request.user)
        return CorrectionMenu(
            {
                "form": self.correction_form,
                "closed": self.closed_errors,
                "remaining": [(Level(level).label, people) for level, people in remaining.items()],
                "excluded": excluded,
                "can_correct": can_correct,
                "back": self.decision_address,
            }
        )

    def form_valid(self, form: ModelForm) -> Any:
        if self.closed_errors:
            return self.show_again(self.closed_errors)
        return super().form_valid(form)

    def form_invalid(self, form: ModelForm) -> Any:
        if self.closed_errors:
            return self.show_again(self.closed_errors)
        return super().form_invalid(form)

    def show_again(self, errors: Sequence[str]) -> HttpResponse:
        """Show the form once more, with the errors and with everything that was typed."""
        show_errors(self.request, errors)
        self.has_unsaved_changes = True
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    @property
    def action_name_and_method(self) -> tuple[str, Callable[[], HttpResponse]]:
        """What the button that was pressed does."""
        suggested = "action-suggest" in self.request.POST
        return ("suggest", self.suggest) if suggested else ("correct", self.correct)

    def correct(self) -> HttpResponse:
        """Save the reviewer's version; the item waits at its first level again."""
        message = _("Corrected. “%(title)s” begins at its first level again.")
        return self._carry_out(corrections.correct, message)

    def suggest(self) -> HttpResponse:
        """Return the item with this text as a suggestion."""
        message = _("Returned with your suggestion: “%(title)s”.")
        return self._carry_out(corrections.suggest, message)

    def _carry_out(self, action: Callable[..., Any], message: str | Promise) -> HttpResponse:
        text = self.form.save(commit=False)
        self.correction_form.is_valid()
        explanation = self.correction_form.cleaned_data.get("correction_words", "")
        digest = self.correction_form.cleaned_data.get("correction_digest", "")
        try:
            action(self.task_state, self.request.user, text, explanation, digest)
        except Refused as refusal:
            return self.refused(refusal.reasons, digest)
        messages.success(self.request, message % {"title": text.title})
        return redirect("review_queue")

    def refused(self, errors: list[str], opened_digest: str) -> HttpResponse:
        """Show the form once more; of a text that changed meanwhile it carries the new digest."""
        if not self.load_submission(self.task_state.pk):
            return self.leave([str(MISSING)], reverse("review_queue"))
        if self.closed_errors or opened_digest == self.submission.digest:
            return self.show_again(self.closed_errors or errors)
        self.correction_form = CorrectionForm(
            initial={
                "correction_digest": self.submission.digest,
                "correction_words": self.request.POST.get("correction_words", ""),
            }
        )
        more = _("If you click again, what you typed here takes the place of the newer text.")
        newer = messages.button(self.decision_address, _("Read the newer text"), new_window=True)
        messages.error(self.request, " ".join([*errors, more]), buttons=[newer])
        return self.show_again([])


@require_POST
def accept_suggestion_view(request: AdminRequest, page_id: int) -> HttpResponse:
    """Accept the suggestion that came with the return of a page."""
    page = get_object_or_404(Page, pk=page_id).specific
    try:
        corrections.accept(page, request.user)
    except Refused as refusal:
        show_errors(request, refusal.reasons)
    else:
        messages.success(request, _("You took over the suggested text and submitted it again."))
    return redirect("wagtailadmin_pages:edit", page.pk)
