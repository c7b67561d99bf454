"""The form on which an administrator or a final approver requests an erasure from the record."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.erasure import ERASABLE_FIELDS
from audit.models import RecordEntry
from audit.permissions import entries_visible_to
from change_requests.erasures import ERASURE_KIND
from change_requests.forms import ChangeRequestForm
from change_requests.kinds import Payload
from change_requests.permissions import may_request_erasures
from change_requests.views.forms import ChangeRequestFormView


class ErasureForm(ChangeRequestForm):
    """An entry of the record, and what of it must disappear besides its content."""

    entry = forms.IntegerField(
        label=gettext_lazy("number of the entry"), min_value=1, max_value=2**62
    )
    fields_to_erase = forms.MultipleChoiceField(
        label=gettext_lazy("besides the recorded content"),
        choices=list(ERASABLE_FIELDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["entry", "fields_to_erase", "reason"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_entry(self) -> int:
        """Raise ValidationError for an entry that this person does not read."""
        number = self.cleaned_data["entry"]
        if not entries_visible_to(self.user).filter(pk=number).exists():
            raise forms.ValidationError(_("There is no such entry."))
        return number

    def get_district_key(self) -> UUID | None:
        return RecordEntry.objects.get(pk=self.cleaned_data["entry"]).district_key

    def title(self) -> str:
        return _("Erase from the record: entry %s") % self.cleaned_data["entry"]

    def payload(self) -> Payload:
        return {
            "entry": self.cleaned_data["entry"],
            "fields": sorted(self.cleaned_data["fields_to_erase"]),
        }


class ErasureFormView(ChangeRequestFormView):
    """For administrators and final approvers."""

    kind = ERASURE_KIND
    form_class = ErasureForm
    page_title = gettext_lazy("Propose an erasure from the record")

    def test_func(self) -> bool:
        return may_request_erasures(self.request.user)

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.request.user}
