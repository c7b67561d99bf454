"""The list of changes by two people, and the view of one on which it is decided."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from accounts.models import User
from change_requests import domain, permissions
from change_requests.forms import OpinionForm
from change_requests.kinds import NextStep, comparison_digest, get_kind
from change_requests.models import ChangeRequest, ChangeRequestQuerySet
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.requests import AnyUser

DECIDED_ROWS = 50
Status = ChangeRequest.Status
COMMITTEE_ONLY = gettext_lazy(
    "Changes by two people are read by the district's committee and by whoever proposed them. "
    "Ask the administrator if you should belong to it."
)
SUCCESS_MESSAGES: dict[str, str | Promise] = {
    Status.CONFIRMED: gettext_lazy("The change is confirmed and made."),
    Status.REFUSED: gettext_lazy("The change is refused; nothing was changed."),
    Status.TAKEN_BACK: gettext_lazy("The change is taken back; nothing was changed."),
}


def list_view(request: HttpRequest) -> HttpResponse:
    """List what waits for another person, first what waits for this one; then what was decided."""
    if not permissions.may_list_change_requests(request.user):
        raise Refused([str(COMMITTEE_ONLY)])
    visible = _visible_to(request.user)
    confirmable = set(permissions.confirmable_by(request.user).values_list("pk", flat=True))
    decided = visible.exclude(status=Status.PENDING).order_by("-decided_at", "-pk")
    context = {
        "page_title": _("Changes by two people"),
        "header_icon": "group",
        "pending": sorted(visible.pending(), key=lambda each: each.pk not in confirmable),
        "confirmable": confirmable,
        "decided": decided[:DECIDED_ROWS],
        "may_request": permissions.may_request_address_changes(request.user),
        "may_request_erasure": permissions.may_request_erasures(request.user),
    }
    return render(request, "change_requests/list.html", context)


def detail_view(request: HttpRequest, change_request_id: int) -> HttpResponse:
    """Show one change; a POST confirms it, refuses it or takes it back."""
    user = cast(User, request.user)
    visible = _visible_to(user)
    change_request = visible.filter(pk=change_request_id).first()
    if change_request is None:
        show_unsaved_text(request, request.POST.get("opinion", ""))
        raise Refused([str(COMMITTEE_ONLY)])
    seen = comparison_digest(change_request.comparison_rows)
    form = OpinionForm(request.POST or None, initial={"seen": seen})
    errors = []
    if request.method == "POST" and form.is_valid():
        opinion = form.cleaned_data["opinion"]
        try:
            _require_same_comparison(request, form.cleaned_data["seen"], seen)
            status = _decide(request, change_request, user, opinion)
        except Refused as refusal:
            change_request = visible.get(pk=change_request_id)
            if not change_request.is_pending:
                return _decided_meanwhile(request, change_request, opinion)
            errors = refusal.reasons
            form = OpinionForm(initial={"seen": seen, "opinion": opinion})
        else:
            messages.success(request, SUCCESS_MESSAGES[status])
            return redirect("change_requests_detail", change_request.pk)
    context = _detail_context(user, change_request) | {"form": form, "reasons": errors}
    return render(request, "change_requests/detail.html", context)


def _visible_to(user: AnyUser) -> ChangeRequestQuerySet:
    return permissions.visible_to(user).select_related("proposed_by", "decided_by")


def _require_same_comparison(request: HttpRequest, seen: str, current: str) -> None:
    """Raise Refused if what is confirmed is not what stood on the screen."""
    if request.POST.get("action") == "confirm" and seen != current:
        raise Refused(
            [_("What it is about has changed since you opened it. Read it again, please.")]
        )


def _decide(request: HttpRequest, change_request: ChangeRequest, user: User, opinion: str) -> str:
    """Do what the button says; return the status that the request has then."""
    match request.POST.get("action"):
        case "confirm":
            for message in domain.confirm(change_request, user, opinion):
                messages.warning(request, message)
            return Status.CONFIRMED
        case "refuse":
            domain.refuse(change_request, user, opinion)
            return Status.REFUSED
        case "take_back":
            domain.take_back(change_request, user)
            return Status.TAKEN_BACK
    raise Refused([_("Choose what to do with this change.")])


def _decided_meanwhile(
    request: HttpRequest, change_request: ChangeRequest, opinion: str
) -> HttpResponse:
    """Say who decided, and how; a second click of one's own is answered so, too."""
    text = _("Nothing was done: %(person)s has decided already (%(status)s).")
    context = {
        "person": change_request.decided_by,
        "status": change_request.get_status_display(),
    }
    messages.warning(request, text % context)
    if change_request.decided_by_id != request.user.pk:
        show_unsaved_text(request, opinion)
    return redirect("change_requests_detail", change_request.pk)


def _detail_context(user: User, change_request: ChangeRequest) -> dict:
    pending = change_request.is_pending
    return {
        "page_title": _("Changes by two people"),
        "page_subtitle": change_request.title,
        "header_icon": "group",
        "change_request": change_request,
        "may_decide": pending and permissions.may_decide(user, change_request),
        "may_take_back": permissions.may_take_back(user, change_request),
        "confirmers": permissions.confirmers_of(change_request) if pending else [],
        "next_step": _next_step(change_request, user),
        "may_list": permissions.may_list_change_requests(user),
    }


def _next_step(change_request: ChangeRequest, user: User) -> NextStep | None:
    if change_request.status != Status.CONFIRMED:
        return None
    return get_kind(change_request.kind).next_step(change_request, user)
