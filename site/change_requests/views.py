"""Screens of changes by two people: what waits, what was decided, and the decision."""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from change_requests import domain
from change_requests.models import ChangeRequest
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused

DECIDED_ROWS = 50
FOR_THE_COMMITTEE = gettext_lazy(
    "Changes by two people are read by the district's committee and by whoever proposed them. "
    "Ask the administrator if you should belong to it."
)
OUTCOMES = {
    ChangeRequest.Status.CONFIRMED: gettext_lazy("The change is confirmed and made."),
    ChangeRequest.Status.REFUSED: gettext_lazy("The change is refused; nothing was changed."),
    ChangeRequest.Status.TAKEN_BACK: gettext_lazy("The change is taken back; nothing was changed."),
}


class OpinionForm(forms.Form):
    """What the second person says."""

    opinion = forms.CharField(
        label=gettext_lazy("opinion"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Required when you refuse; it goes on the record."),
    )


def list_view(request):
    """What waits for another person, first what waits for this one; then what was decided."""
    if not domain.in_committee(request.user):
        raise Refused([FOR_THE_COMMITTEE])
    found = domain.visible_to(request.user).select_related("proposed_by", "decided_by")
    mine = set(domain.confirmable_by(request.user).values_list("pk", flat=True))
    pending = [_row(each, mine) for each in found.filter(status=ChangeRequest.Status.PENDING)]
    decided = found.exclude(status=ChangeRequest.Status.PENDING).order_by("-decided_at", "-pk")
    context = {
        "page_title": _("Changes by two"),
        "header_icon": "group",
        "pending": sorted(pending, key=lambda row: not row["mine"]),
        "decided": [_row(each, mine) for each in decided[:DECIDED_ROWS]],
        "may_propose": request.user.is_superuser,
    }
    return render(request, "change_requests/list.html", context)


def _row(each, mine) -> dict:
    label = domain.kind_label_of(each)
    return {"proposal": each, "kind": label, "mine": each.pk in mine}


def detail_view(request, proposal_id: int):
    """Read one change; a POST confirms it, refuses it or takes it back."""
    visible = domain.visible_to(request.user).select_related("proposed_by", "decided_by")
    if not visible.filter(pk=proposal_id).exists():
        show_unsaved_text(request, request.POST.get("opinion", ""))
        raise Refused([FOR_THE_COMMITTEE])
    found = get_object_or_404(visible, pk=proposal_id)
    form = OpinionForm(request.POST or None)
    reasons = []
    if request.method == "POST" and form.is_valid():
        opinion = form.cleaned_data["opinion"]
        try:
            status = _act(found, request.user, request.POST.get("action"), opinion)
        except Refused as refusal:
            found = visible.get(pk=proposal_id)
            if found.status != ChangeRequest.Status.PENDING:
                return _decided_meanwhile(request, found, opinion)
            reasons = refusal.reasons
        else:
            messages.success(request, OUTCOMES[status])
            return redirect("change_requests_detail", found.pk)
    return render(request, "change_requests/detail.html", _context(request, found, form, reasons))


def _act(found, user, action, opinion):
    """Do what the button says; returns the status that the change has then."""
    if action == "confirm":
        domain.confirm(found, user, opinion)
        return ChangeRequest.Status.CONFIRMED
    if action == "refuse":
        domain.refuse(found, user, opinion)
        return ChangeRequest.Status.REFUSED
    if action == "take_back":
        domain.take_back(found, user)
        return ChangeRequest.Status.TAKEN_BACK
    raise Refused([_("Choose what to do with this change.")])


def _decided_meanwhile(request, found, opinion):
    """Say who decided, and how; a second click of one's own is told so, too."""
    text = _("Nothing was done: %(person)s has decided already (%(status)s).")
    said = {"person": found.decided_by, "status": found.get_status_display()}
    messages.warning(request, text % said)
    if found.decided_by_id != request.user.pk:
        show_unsaved_text(request, opinion)
    return redirect("change_requests_detail", found.pk)


def _context(request, found, form, reasons) -> dict:
    pending = found.status == ChangeRequest.Status.PENDING
    return {
        "page_title": _("Changes by two"),
        "page_subtitle": found.title,
        "header_icon": "group",
        "proposal": found,
        "kind": domain.kind_label_of(found),
        "rows": domain.change_rows(found),
        "form": form,
        "reasons": reasons,
        "may_decide": pending and domain.confirmable_by(request.user).filter(pk=found.pk).exists(),
        "may_take_back": pending and found.proposed_by_id == request.user.pk,
        "pending": pending,
        "confirmers": domain.confirmers(found) if pending else [],
        "may_list": domain.in_committee(request.user),
    }
