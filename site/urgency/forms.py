"""Forms of who marks an item urgent, and of who checks it after its publication."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MarkUrgentForm(forms.Form):
    """Why an item cannot wait."""

    reason = forms.CharField(label=_("Why it cannot wait"), max_length=200, required=False)


class PostPublicationCheckForm(forms.Form):
    """How the check after publication ended."""

    outcome = forms.ChoiceField(choices=[("fine", _("In order")), ("wrong", _("Not in order"))])
    opinion = forms.CharField(max_length=1000, required=False)
