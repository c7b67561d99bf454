"""Forms of decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.decisions import Decision, Secrecy, Tick


class DecisionForm(forms.Form):
    """Approve or return the text whose digest the form carries.

    What is missing for an approval is said by `moderation.decisions`, so that it is said once.
    """

    action = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Return"))])
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    ticks = forms.MultipleChoiceField(
        label=_("Proof-reading"),
        choices=Tick.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    secrecy = forms.ChoiceField(
        label=_("Secrecy review"),
        choices=Secrecy.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Opinion"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A return needs one: say what should be changed and where."),
    )

    def decision(self) -> Decision:
        """What was decided, for `moderation.decisions.decide`."""
        said = self.cleaned_data
        return Decision(
            said["action"], said["digest"], said["comment"], said["ticks"], said["secrecy"]
        )
