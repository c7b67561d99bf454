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

from moderation import correction, gate
from moderation.neighbours import queue_address
from moderation.screens.answers import say


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

    template_name = "moderation/correct_menu.html"

    def __init__(self, context):
        self.context = context

    def get_context_data(self, parent_context):
        return self.context


class CorrectView(EditView):
    """Wagtail's edit screen for one reviewer, one time; it saves by `correction` alone."""

    # The lock of a waiting item is for everybody else; see `core.publishing.correcting`.
    lock = property(lambda self: None, lambda self, value: None)
    locked_for_user = property(lambda self: False, lambda self, value: None)
    autosave_enabled = property(lambda self: False, lambda self, value: None)

    def dispatch(self, request, task_state_id, **kwargs):
        self.task_state = (
            TaskState.objects.select_related("workflow_state", "task", "revision")
            .filter(pk=task_state_id)
            .first()
        )
        page = self.task_state.workflow_state.content_object if self.task_state else None
        level = getattr(self.task_state.task.specific, "level", None) if page else None
        if level is None:
            messages.warning(request, _("This item is no longer here."))
            return redirect(queue_address())
        self.case = gate.Case(page.specific, self.task_state.workflow_state)
        reasons = gate.standing_objections(self.task_state) or gate.person_objections(
            self.case, level, request.user
        )
        if reasons:
            say(request, reasons)
            return redirect(reverse("moderation_decide", args=[task_state_id]))
        self.left = correction.people_left(self.case, request.user)
        self.extra = CorrectionForm(
            request.POST or None, initial={"correction_digest": self.case.digest}
        )
        return super().dispatch(request, page.pk, **kwargs)

    def get_page_title(self):
        return _("Correct")

    def get_edit_url(self):
        return reverse("moderation_correct", args=[self.task_state.pk])

    def get_action_menu(self):
        return CorrectionMenu(
            {
                "extra": self.extra,
                "left": correction.level_rows(self.left),
                "can_correct": correction.can_pass(self.left),
                "back": reverse("moderation_decide", args=[self.task_state.pk]),
            }
        )

    @property
    def action_name_and_method(self):
        suggested = "action-suggest" in self.request.POST
        return ("suggest", self.suggest) if suggested else ("correct", self.correct)

    def correct(self):
        """Save the reviewer's version; the item waits at its first level again."""
        done = _("Corrected. “%(title)s” begins at its first level again.")
        return self._carry_out(correction.correct, done)

    def suggest(self):
        """Return the item with this text as a suggestion."""
        done = _("Returned with your suggestion: “%(title)s”.")
        return self._carry_out(correction.suggest, done)

    def _carry_out(self, act, done):
        text = self.form.save(commit=False)
        self.extra.is_valid()
        words = self.extra.cleaned_data.get("correction_words", "")
        digest = self.extra.cleaned_data.get("correction_digest", "")
        try:
            act(self.task_state, self.request.user, text, words, digest)
        except gate.Refused as refusal:
            say(self.request, refusal.reasons)
            self.has_unsaved_changes = True
            return self.render_to_response(self.get_context_data())
        messages.success(self.request, done % {"title": text.title})
        return redirect(queue_address())


@require_POST
def accept(request, page_id: int):
    """Accept the suggestion that came with the return of a page."""
    page = get_object_or_404(Page, pk=page_id).specific
    try:
        correction.accept(page, request.user)
    except gate.Refused as refusal:
        say(request, refusal.reasons)
    else:
        messages.success(request, _("You took over the suggested text and submitted it again."))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
