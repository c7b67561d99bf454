"""A reviewer corrects a waiting text or suggests another one; its editor takes that over."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, TaskState

from core import unsaved_input
from core.messages import show_errors
from core.publishing.refusals import Refused
from review.domain import corrections, gate
from review.queue_navigation import queue_url
from review.views.decide import may_read


class CorrectionForm(forms.Form):
    """What was corrected, and the digest of the text that was opened."""

    correction_words = forms.CharField(
        label=gettext_lazy("What you correct, and why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    correction_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class CorrectionMenu(Component):
    """In place of Wagtail's action menu: correct, or return with the suggestion."""

    template_name = "review/correct_menu.html"

    def __init__(self, context):
        self.context = context

    def get_context_data(self, parent_context):
        return self.context


class CorrectView(EditView):
    """Wagtail's edit screen for one reviewer, one time; it saves by `correction` alone.

    Whoever comes too late gets the form back with everything typed and nothing to save it by.
    """

    # The lock of a waiting item is for everybody else; see `core.publishing.contexts.correcting`.
    lock = property(lambda self: None, lambda self, value: None)
    locked_for_user = property(lambda self: False, lambda self, value: None)
    autosave_enabled = property(lambda self: False, lambda self, value: None)

    @property
    def page_perms(self):
        """Who may read the page, too late to correct it, gets the form back to copy from."""
        return self._page_perms

    @page_perms.setter
    def page_perms(self, tester):
        if self.closed:
            tester.can_edit = lambda: True
        self._page_perms = tester

    def dispatch(self, request, task_state_id, **kwargs):
        if not self.look(task_state_id):
            return self.turned_away([_("This item is no longer here.")], queue_url())
        readable = request.method == "POST" and may_read(request.user, self.case.page)
        if self.closed and not readable:
            return self.turned_away(self.closed, self.decision_address)
        self.extra = CorrectionForm(
            request.POST or None, initial={"correction_digest": self.case.digest}
        )
        return super().dispatch(request, self.case.page.pk, **kwargs)

    def look(self, task_state_id: int) -> bool:
        """Read the item as it is now, and why it is closed to this person; False if it is gone."""
        self.task_state = (
            TaskState.objects.select_related("workflow_state", "task", "revision")
            .filter(pk=task_state_id)
            .first()
        )
        page = self.task_state.workflow_state.content_object if self.task_state else None
        level = getattr(self.task_state.task.specific, "level", None) if page else None
        if level is None:
            return False
        self.case = gate.Submission(page.specific, self.task_state.workflow_state)
        self.closed = gate.state_errors(self.task_state) or gate.reviewer_errors(
            self.case, level, self.request.user
        )
        return True

    def turned_away(self, reasons, address):
        """Say why, and lead on; who posted a text keeps the words of it."""
        show_errors(self.request, reasons)
        return (
            unsaved_input.render_unsaved_input(self.request)
            if self.request.method == "POST"
            else redirect(address)
        )

    @property
    def decision_address(self) -> str:
        return reverse("review_decide", args=[self.task_state.pk])

    def get_page_title(self):
        return _("Correct")

    def get_edit_url(self):
        return reverse("review_correct", args=[self.task_state.pk])

    def get_action_menu(self):
        left = {} if self.closed else corrections.people_left(self.case, self.request.user)
        return CorrectionMenu(
            {
                "extra": self.extra,
                "closed": self.closed,
                "left": corrections.level_rows(left),
                "can_correct": corrections.can_pass(left),
                "back": self.decision_address,
            }
        )

    def form_valid(self, form):
        return self.again(self.closed) if self.closed else super().form_valid(form)

    def form_invalid(self, form):
        return self.again(self.closed) if self.closed else super().form_invalid(form)

    def again(self, reasons):
        """The form once more, with the reasons and with everything that was typed."""
        show_errors(self.request, reasons)
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    @property
    def action_name_and_method(self):
        suggested = "action-suggest" in self.request.POST
        return ("suggest", self.suggest) if suggested else ("correct", self.correct)

    def correct(self):
        """Save the reviewer's version; the item waits at its first level again."""
        done = _("Corrected. “%(title)s” begins at its first level again.")
        return self._carry_out(corrections.correct, done)

    def suggest(self):
        """Return the item with this text as a suggestion."""
        done = _("Returned with your suggestion: “%(title)s”.")
        return self._carry_out(corrections.suggest, done)

    def _carry_out(self, act, done):
        text = self.form.save(commit=False)
        self.extra.is_valid()
        words = self.extra.cleaned_data.get("correction_words", "")
        digest = self.extra.cleaned_data.get("correction_digest", "")
        try:
            act(self.task_state, self.request.user, text, words, digest)
        except Refused as refusal:
            return self.refused(refusal.reasons, digest)
        messages.success(self.request, done % {"title": text.title})
        return redirect(queue_url())

    def refused(self, reasons, opened: str):
        """The form once more; of a text that changed meanwhile it carries the new digest."""
        if not self.look(self.task_state.pk):
            return self.turned_away([_("This item is no longer here.")], queue_url())
        if self.closed or opened == self.case.digest:
            return self.again(self.closed or reasons)
        self.extra = CorrectionForm(
            initial={
                "correction_digest": self.case.digest,
                "correction_words": self.request.POST.get("correction_words", ""),
            }
        )
        more = _("If you click again, what you typed here takes the place of the newer text.")
        newer = messages.button(self.decision_address, _("Read the newer text"), new_window=True)
        messages.error(self.request, " ".join([*reasons, more]), buttons=[newer])
        return self.again([])


@require_POST
def accept_suggestion_view(request, page_id: int):
    """Accept the suggestion that came with the return of a page."""
    page = get_object_or_404(Page, pk=page_id).specific
    try:
        corrections.accept(page, request.user)
    except Refused as refusal:
        show_errors(request, refusal.reasons)
    else:
        messages.success(request, _("You took over the suggested text and submitted it again."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
