"""Forms of the inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.listing import ListingForm
from notifications.models import EmailPreference, Notice


class FlagField(forms.BooleanField):
    """A tick box that filters when it is ticked and says nothing when it is not."""

    def clean(self, value: Any) -> bool | None:
        """Return True or None."""
        return super().clean(value) or None


class InboxFilter(ListingForm):
    """The query string of the inbox."""

    unread = FlagField(label=_("unread only"))
    kind = forms.ChoiceField(
        label=_("about"), choices=[("", _("everything")), *Notice.Kind.choices]
    )
    lookups = {"q": "title__icontains", "kind": "kind", "unread": "read_at__isnull"}


class EmailPreferenceForm(forms.ModelForm):
    """How often somebody is e-mailed."""

    class Meta:
        model = EmailPreference
        fields = ["frequency"]
        widgets = {"frequency": forms.RadioSelect}
