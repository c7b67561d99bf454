"""The screen of the home page's slots: what stands there, and the form that proposes a list."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from change_requests import domain
from change_requests.models import ChangeRequest
from core.publishing.refusals import Refused
from core.tree import live_home_pages
from curation import slots
from curation.models import Slot
from roles.models import Role
from roles.role_queries import scope_keys_held_by

ROWS = 6
CHOICES = 50


class RowForm(forms.Form):
    """One entry of a slot; an empty page leaves the row out."""

    page = forms.TypedChoiceField(
        label=gettext_lazy("page"), required=False, coerce=int, empty_value=None
    )
    starts_on = forms.DateField(
        label=gettext_lazy("from"),
        required=False,
        widget=AdminDateInput,
    )
    ends_on = forms.DateField(
        label=gettext_lazy("until"),
        required=False,
        widget=AdminDateInput,
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = choices

    def entry(self) -> dict | None:
        """The entry of the payload; from today where no day was named."""
        said = self.cleaned_data
        if not said.get("page"):
            return None
        until = said["ends_on"]
        return {
            "page": said["page"],
            "starts_on": (said["starts_on"] or timezone.localdate()).isoformat(),
            "ends_on": until.isoformat() if until else None,
        }


class ReasonForm(forms.Form):
    """Why the slot should change."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The other person reads it; it goes on the record."),
    )


def homes_of(user):
    """The public home pages whose slots `user` may propose: web editors, the committee."""
    homes = live_home_pages().order_by("path")
    if user.is_superuser:
        return homes
    keys = scope_keys_held_by(user, Role.WEB_EDITOR) | domain.committee_keys(user)
    return homes.filter(translation_key__in=keys)


def slots_view(request):
    """Every slot with its entries; a form for one of them, which proposes a new list."""
    homes = list(homes_of(request.user))
    if not homes:
        raise PermissionDenied
    home, slot = _chosen(request, homes)
    pages = choices_of(home, slot)
    rows = _rows(request, home, slot, pages)
    reason = ReasonForm(request.POST or None)
    reasons = []
    if request.method == "POST" and rows.is_valid() and reason.is_valid():
        try:
            proposal = _propose(request.user, home, slot, rows, reason.cleaned_data["reason"])
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proposed. Another person of the committee decides."))
            return redirect("change_requests_detail", proposal.pk)
    context = {
        "page_title": _("Slots of the home page"),
        "page_subtitle": home.title,
        "header_icon": "home",
        "homes": homes,
        "home": home,
        "slot": slot,
        "overview": overview_of(home),
        "rows": rows,
        "form": reason,
        "reasons": reasons,
        "pending": pending(homes, slots.CHANGE),
        "most": slots.MOST,
    }
    return render(request, "curation/slots.html", context)


def _chosen(request, homes):
    """The home page and the slot that the address or the form names. Raises Http404."""
    data = request.POST if request.method == "POST" else request.GET
    slot = data.get("slot") or str(Slot.LEAD)
    wanted = data.get("home")
    named = [home for home in homes if not wanted or str(home.pk) == wanted]
    if not named or slot not in Slot.values:
        raise Http404("no such slot")
    return named[0], Slot(slot)


def choices_of(home, slot) -> list[tuple]:
    """The pages to choose from: the newest that fit, and what stands in the slot already."""
    fitting = slots.fitting(home, slot).order_by("-first_published_at", "-pk")
    newest = dict(fitting.values_list("pk", "title")[:CHOICES])
    stand = slots.entries_of(home).filter(slot=slot).values("target")
    kept = dict(fitting.filter(pk__in=stand).values_list("pk", "title"))
    return [("", "—"), *(kept | newest).items()]


def _rows(request, home, slot, pages):
    stands = list(slots.entries_of(home).filter(slot=slot))
    initial = [
        {"page": entry.target_id, "starts_on": entry.starts_on, "ends_on": entry.ends_on}
        for entry in stands
    ]
    number = max(ROWS, len(initial))
    initial += [{}] * (number - len(initial))
    kinds = forms.formset_factory(RowForm, extra=0, max_num=slots.MOST, validate_max=True)
    data = request.POST if request.method == "POST" else None
    return kinds(data, initial=initial, prefix="rows", form_kwargs={"choices": pages})


def _propose(user, home, slot, rows, reason) -> ChangeRequest:
    entries = [entry for row in rows if (entry := row.entry())]
    return domain.propose(
        slots.CHANGE.name,
        user=user,
        title=_("Home page: %(slot)s") % {"slot": slot.label},
        payload={"home": home.pk, "slot": str(slot), "entries": entries},
        reason=reason,
        district_key=home.translation_key,
    )


def overview_of(home) -> list[dict]:
    """Each slot with its entries, and whether readers see them today; one query."""
    today = timezone.localdate()
    entries: dict[str, list] = {slot: [] for slot in Slot.values}
    for entry in slots.entries_of(home).select_related("target"):
        in_time = entry.starts_on <= today <= (entry.ends_on or today)
        entries[entry.slot].append(
            {
                "text": slots.in_words(entry.target.title, entry.starts_on, entry.ends_on),
                "public": entry.target.live,
                "today": in_time and entry.target.live,
            }
        )
    return [{"slot": slot, "entries": entries[slot]} for slot in Slot]


def pending(homes, change: domain.ChangeKind):
    """The proposals of this kind that wait for another person of these districts."""
    keys = [home.translation_key for home in homes]
    waiting = ChangeRequest.objects.filter(kind=change.name, status=ChangeRequest.Status.PENDING)
    return waiting.filter(district_key__in=keys).select_related("proposed_by")
