"""Forms on which somebody requests or decides on a change that two people make."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from change_requests.kinds import Payload


class ReasonForm(forms.Form):
    """Why something should change; mixed into every form that requests a change."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other person reads it; it goes on the record."),
    )


class ChangeRequestForm(ReasonForm):
    """A form whose valid data is a change to request: of which district, its title and payload."""

    def get_district_key(self) -> UUID | None:
        """Return the key of the district whose committee confirms the change."""
        raise NotImplementedError

    def title(self) -> str:
        """Return the change in one line, for lists, notices and the record."""
        raise NotImplementedError

    def payload(self) -> Payload:
        """Return what the kind of change carries out; must be JSON."""
        raise NotImplementedError

    def errors_above(self) -> list[str]:
        """Return the errors that no visible field shows."""
        hidden = [str(error) for field in self.hidden_fields() for error in field.errors]
        return [*map(str, self.non_field_errors()), *hidden]


class OpinionForm(forms.Form):
    """What the second person writes, and which comparison they have read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    opinion = forms.CharField(
        label=_("opinion"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required when you refuse; it goes on the record."),
    )
