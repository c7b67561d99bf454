"""Approving several items at once: only what this person has read as it is, and clean."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import TaskState

from audit.proofreading import ProofreadingItem, SecrecyResult
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from review import queue
from review.domain import decisions
from review.domain.decisions import Decision
from review.queue_filter import parse_key
from review.queue_rows import rows_of
from review.views.queue import SIZE, back_to_queue, may_see_queue, turned_away


class BatchForm(forms.Form):
    """The proof-reading list and the secrecy review, answered once for all of the items."""

    ticks = forms.MultipleChoiceField(
        label=gettext_lazy("Proof-reading"),
        choices=ProofreadingItem.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Secrecy review"),
        choices=SecrecyResult.choices,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Opinion"), required=False, max_length=2000, widget=forms.Textarea
    )

    def clean_ticks(self):
        """Raises ValidationError unless every line was ticked."""
        ticks = self.cleaned_data["ticks"]
        if set(ticks) != set(ProofreadingItem.values):
            raise forms.ValidationError(
                _("Tick every line of the proof-reading list, or return the item.")
            )
        return ticks


class ItemsForm(forms.Form):
    """The items that were ticked in the list, each with the digest of the text that stood there."""

    def __init__(self, data):
        super().__init__(data)
        pairs = (said.partition(":") for said in data.getlist("item")[:SIZE])
        self.digests = {parse_key(key): digest for key, _colon, digest in pairs if parse_key(key)}


def batch_view(request):
    """Ask once what is asked of each, then decide on each in a transaction of its own."""
    if not may_see_queue(request.user):
        return turned_away(request, request.POST.get("comment", ""))
    if request.method != "POST":
        return redirect(reverse("review_queue"))
    digests = ItemsForm(request.POST).digests
    items = queue.waiting_for(request.user).filter(pk__in=digests).select_related("kind")
    rows = [row for row in rows_of(items, request.user) if row.may_be_ticked]
    rows = [row for row in rows if digests[row.item.pk] == row.item.digest]
    if not rows:
        show_unsaved_text(request, request.POST.get("comment", ""))
        return back_to_queue(
            request, _("None of these can be approved together: open each and read it first.")
        )
    form = BatchForm(request.POST if "confirmed" in request.POST else None)
    if not (form.is_bound and form.is_valid()):
        left_out = len(digests) - len(rows)
        return render(
            request, "review/batch.html", {"rows": rows, "form": form, "left_out": left_out}
        )
    outcomes = [(row, decide_on(row, request.user, form.cleaned_data)) for row in rows]
    done = sum(not reasons for _row, reasons in outcomes)
    words = ngettext("You approved %(count)d item.", "You approved %(count)d items.", done)
    messages.success(request, words % {"count": done})
    for row, reasons in outcomes:
        if reasons:
            messages.error(request, f"{row.item.title}: {' '.join(reasons)}")
    if done < len(outcomes):
        show_unsaved_text(request, form.cleaned_data["comment"])
    return redirect(reverse("review_queue"))


def decide_on(row, user, said) -> list[str]:
    """Approve one item; the reasons if it was refused."""
    task_state = TaskState.objects.filter(pk=row.item.pk).first()
    if task_state is None:
        return [_("This item has been decided meanwhile.")]
    decision = Decision("approve", row.item.digest, said["comment"], said["ticks"], said["secrecy"])
    try:
        decisions.decide(task_state, user, decision)
    except Refused as refusal:
        return refusal.reasons
    return []
