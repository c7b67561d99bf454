"""Forms of decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.proofreading import ProofreadingItem, SecrecyResult
from review.domain.decisions import Decision


def opinion_of(said) -> str:
    """The chosen reason and the words of one's own, as a decision joins them; of any mapping."""
    words = (said.get(name, "").strip() for name in ("reason", "comment"))
    return "\n".join(word for word in words if word)


class DecisionForm(forms.Form):
    """Approve or return the text whose digest the form carries.

    What is missing for an approval is said by `review.domain.decisions`, so that it is said once.
    `reasons` are the sentences that the district returns items with.
    """

    action = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Return"))])
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    ticks = forms.MultipleChoiceField(
        label=_("Proof-reading"),
        choices=ProofreadingItem.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    secrecy = forms.ChoiceField(
        label=_("Secrecy review"),
        choices=SecrecyResult.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Reason to return it"),
        required=False,
        help_text=_("Put before your own words when you return the item."),
        error_messages={
            "invalid_choice": _("This reason is no longer in the list. Choose another one.")
        },
    )
    comment = forms.CharField(
        label=_("Opinion"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A return needs one: say what should be changed and where."),
    )

    def __init__(self, *args, reasons=(), secrecy=True, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["reason"].choices = [("", _("none of the list")), *[(r, r) for r in reasons]]
        if not reasons:
            del self.fields["reason"]
        if not secrecy:
            del self.fields["secrecy"]

    def clean(self):
        said = super().clean()
        if said.get("action") == "approve" and said.get("reason"):
            self.add_error(
                "reason",
                _("You chose a reason to return the item. Take it back, or return the item."),
            )
        return said

    def messages(self) -> list[str]:
        """What is wrong with what was posted, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def decision(self) -> Decision:
        """What was decided, for `review.domain.decisions.decide`."""
        said = self.cleaned_data
        return Decision(
            said["action"],
            said["digest"],
            opinion_of(said),
            said["ticks"],
            said.get("secrecy", ""),
        )
