"""The screen of the promoted results: what stands, and the form that proposes a change."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from change_requests import domain
from change_requests.models import ChangeRequest
from core.publishing.refusals import Refused
from curation import promoted_results
from curation.slot_views import ReasonForm, homes_of, pending
from search.models import PromotedResult


class PromoteForm(ReasonForm):
    """A page and the words for which it stands first."""

    words = PromotedResult._meta.get_field("words").formfield(
        widget=forms.Textarea(attrs={"rows": 3})
    )
    page = forms.ModelChoiceField(
        label=gettext_lazy("page"), queryset=Page.objects.live(), widget=AdminPageChooser
    )
    field_order = ("words", "page", "reason")


def promoted_results_view(request):
    """What is promoted; proposes another page, or the end of one."""
    homes = list(homes_of(request.user))
    if not homes:
        raise PermissionDenied
    ends = request.POST.get("ends")
    form = PromoteForm(request.POST if request.method == "POST" and not ends else None)
    reasons = []
    if request.method == "POST" and (ends or form.is_valid()):
        try:
            proposal = _propose(request.user, homes, form, ends)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proposed. Another person of the committee decides."))
            return redirect("change_requests_detail", proposal.pk)
    context = {
        "page_title": _("Promoted results"),
        "header_icon": "search",
        "standing": [row for home in homes for row in promoted_results.standing(home)],
        "form": form,
        "media": form.media,
        "reasons": reasons,
        "pending": pending(homes, promoted_results.CHANGE),
    }
    return render(request, "curation/promoted_results.html", context)


def _propose(user, homes, form, ends: str | None) -> ChangeRequest:
    """Raises Refused: as things stand it cannot be done, or belongs to no home page of theirs."""
    if ends:
        row = PromotedResult.objects.filter(pk=int(ends) if ends.isdecimal() else 0).first()
        page, payload = row and row.page, {"ends": row and row.pk}
        reason = _("It need not stand first any more.")
    else:
        page, reason = form.cleaned_data["page"], form.cleaned_data["reason"]
        payload = {"words": form.cleaned_data["words"], "page": page.pk}
    home = next((home for home in homes if page and page.path.startswith(home.path)), None)
    if home is None:
        raise Refused([_("It is not promoted any more, or its page is of another district.")])
    return domain.propose(
        promoted_results.CHANGE.name,
        user=user,
        title=_("Search: %(title)s") % {"title": page.title},
        payload=payload | {"home": home.pk},
        reason=reason,
        district_key=home.translation_key,
    )
