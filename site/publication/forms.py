"""The form of the screens that take back what is public or scheduled."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawalReasonForm(forms.Form):
    """Ask why something public, or about to be public, is taken back."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes on the record; the editor reads it."),
    )
