"""The slots of a home page as they stand, and the form that requests another list for one."""

from typing import cast
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from change_requests.forms import ChangeRequestForm
from change_requests.kinds import Payload
from curation import slots
from curation.models import Slot
from curation.views.base import CurationFormView

MIN_ROWS = 6
NEWEST_CHOICES = 50


class EntryForm(forms.Form):
    """One entry of a slot; without a page the row is left out."""

    page = forms.TypedChoiceField(
        label=gettext_lazy("page"), required=False, coerce=int, empty_value=None
    )
    starts_on = forms.DateField(label=gettext_lazy("from"), required=False, widget=AdminDateInput)
    ends_on = forms.DateField(label=gettext_lazy("until"), required=False, widget=AdminDateInput)

    def __init__(self, *args, choices: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["page"]).choices = choices

    def entry(self) -> dict | None:
        """Return the entry of the payload, from today where no first day was named."""
        page_id, ends_on = self.cleaned_data.get("page"), self.cleaned_data.get("ends_on")
        if not page_id:
            return None
        starts_on = self.cleaned_data["starts_on"] or timezone.localdate()
        return {
            "page": page_id,
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat() if ends_on else None,
        }


class SlotForm(ChangeRequestForm):
    """The list that a slot of `home` should have: a formset of entries, and the reason."""

    def __init__(self, *args, home: Page, slot: Slot, **kwargs):
        super().__init__(*args, **kwargs)
        self.home, self.slot = home, slot
        fields = ("starts_on", "ends_on")
        initial = [
            {"page": entry.target_id, **{name: getattr(entry, name) for name in fields}}
            for entry in slots.entries_of(home).filter(slot=slot)
        ]
        formset_class = forms.formset_factory(
            EntryForm,
            extra=max(MIN_ROWS - len(initial), 0),
            max_num=slots.MAX_ENTRIES,
            validate_max=True,
        )
        self.entries = formset_class(
            self.data if self.is_bound else None,
            initial=initial,
            prefix="rows",
            form_kwargs={"choices": page_choices(home, slot)},
        )

    @property
    def media(self) -> forms.Media:
        return super().media + self.entries.media

    def is_valid(self) -> bool:
        # Both are asked, so that both show their errors.
        entries_are_valid = self.entries.is_valid()
        return super().is_valid() and entries_are_valid

    def get_district_key(self) -> UUID | None:
        return self.home.translation_key

    def title(self) -> str:
        return _("Home page: %(slot)s") % {"slot": self.slot.label}

    def payload(self) -> Payload:
        entries = [entry for row in self.entries if (entry := row.entry())]
        return {"home": self.home.pk, "slot": str(self.slot), "entries": entries}


def page_choices(home: Page, slot: Slot) -> list[tuple]:
    """Return the pages to choose from: what stands in the slot, and the newest eligible ones."""
    eligible = slots.eligible_pages(home, slot).order_by("-first_published_at", "-pk")
    newest = dict(eligible.values_list("pk", "title")[:NEWEST_CHOICES])
    in_slot = slots.entries_of(home).filter(slot=slot).values("target")
    current = dict(eligible.filter(pk__in=in_slot).values_list("pk", "title"))
    return [("", "—"), *(current | newest).items()]


class SlotsView(CurationFormView):
    """Show every slot with its entries; request another list for one of them."""

    kind = slots.SLOT_KIND
    form_class = SlotForm
    template_name = "curation/slots.html"
    header_icon = "home"
    page_title = gettext_lazy("Slots of the home page")

    @cached_property
    def home(self) -> Page:
        """The home page that the address or the form names, else the first. Raise Http404."""
        page_id = self._named("home")
        named = (home for home in self.home_pages if page_id in ("", str(home.pk)))
        home = next(named, None)
        if home is None:
            raise Http404("no such home page")
        return home

    @cached_property
    def slot(self) -> Slot:
        """The slot that the address or the form names, else the lead story. Raise Http404."""
        try:
            return Slot(self._named("slot") or Slot.LEAD)
        except ValueError as error:
            raise Http404("no such slot") from error

    def _named(self, name: str) -> str:
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        return data.get(name) or ""

    def get_page_subtitle(self) -> str:
        return self.home.title

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"home": self.home, "slot": self.slot}

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            home_pages=self.home_pages,
            home=self.home,
            slot=self.slot,
            overview=overview_of(self.home),
            **kwargs,
        )


def overview_of(home: Page) -> list[dict]:
    """Return each slot with its entries, and whether readers see them today; one query."""
    today = timezone.localdate()
    entries: dict[str, list] = {slot: [] for slot in Slot.values}
    for entry in slots.entries_of(home).select_related("target"):
        in_time = entry.starts_on <= today <= (entry.ends_on or today)
        entries[entry.slot].append(
            {
                "text": slots.describe_entry(entry.target.title, entry.starts_on, entry.ends_on),
                "public": entry.target.live,
                "today": in_time and entry.target.live,
            }
        )
    return [{"slot": slot, "entries": entries[slot]} for slot in Slot]
