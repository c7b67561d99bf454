"""Forms of the screens of review."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from audit.proofreading import ProofreadingItem, SecrecyResult
from core.keys import parse_key
from review.domain.decisions import Decision, tick_errors

TABS = [
    ("mine", _("Waiting for me")),
    ("all", _("All in review")),
    ("approved", _("Approved by me")),
    ("returned", _("Returned by me")),
]


def opinion_of(values: Mapping[str, Any]) -> str:
    """Return the chosen reason and the words of one's own, as a decision joins them."""
    lines = (values.get(name, "").strip() for name in ("reason", "comment"))
    return "\n".join(line for line in lines if line)


class AnswersForm(forms.Form):
    """What a reviewer answers before approving.

    What is missing is said by `review.domain.decisions`, so that it is said once.
    """

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


class DecisionForm(AnswersForm):
    """Approve or return the text whose digest the form carries."""

    action = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Return"))])
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
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
    field_order = ["action", "digest", "ticks", "secrecy", "reason", "comment"]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        reasons: list[str],
        asks_secrecy: bool,
    ) -> None:
        """`reasons` are the sentences that the district returns items with."""
        super().__init__(data, initial=initial, label_suffix="")
        reason: Any = self.fields["reason"]
        reason.choices = [("", _("none of the list")), *[(each, each) for each in reasons]]
        if not reasons:
            del self.fields["reason"]
        if not asks_secrecy:
            del self.fields["secrecy"]

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean() or self.cleaned_data
        if cleaned_data.get("action") == "approve" and cleaned_data.get("reason"):
            self.add_error(
                "reason",
                _("You chose a reason to return the item. Take it back, or return the item."),
            )
        return cleaned_data

    def error_messages(self) -> list[str]:
        """Return what is wrong with what was posted."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def decision(self) -> Decision:
        """Return what was decided, for `review.domain.decisions.decide`."""
        return Decision(
            self.cleaned_data["action"],
            self.cleaned_data["digest"],
            opinion_of(self.cleaned_data),
            self.cleaned_data["ticks"],
            self.cleaned_data.get("secrecy", ""),
        )


class BatchForm(AnswersForm):
    """The proof-reading list and the secrecy review, answered once for several items."""

    comment = forms.CharField(
        label=_("Opinion"), required=False, max_length=2000, widget=forms.Textarea
    )

    def __init__(self, data: QueryDict | None = None, *, asks_secrecy: bool) -> None:
        super().__init__(data)
        self.fields["ticks"].required = self.fields["secrecy"].required = True
        if not asks_secrecy:
            del self.fields["secrecy"]

    def clean_ticks(self) -> list[str]:
        """Raise ValidationError unless every line was ticked."""
        ticks: list[str] = self.cleaned_data["ticks"]
        if errors := tick_errors(ticks):
            raise forms.ValidationError(errors)
        return ticks

    def decision(self, digest: str) -> Decision:
        """Return the approval of the text with this digest."""
        return Decision(
            "approve",
            digest,
            self.cleaned_data["comment"],
            self.cleaned_data["ticks"],
            self.cleaned_data.get("secrecy", ""),
        )


def ticked_digests(data: QueryDict, limit: int) -> dict[int, str]:
    """Return item → digest of the text that stood in the list when it was ticked, up to `limit`."""
    pairs = (value.partition(":") for value in data.getlist("item")[:limit])
    return {key: digest for text, _colon, digest in pairs if (key := parse_key(text))}


class TabForm(forms.Form):
    """Which list of the queue."""

    tab = forms.ChoiceField(required=False, choices=TABS)

    def chosen_tab(self) -> str:
        """Return the name of the list; without a valid one, the first."""
        return (self.cleaned_data.get("tab") if self.is_valid() else "") or "mine"


class CorrectionForm(forms.Form):
    """What was corrected, and the digest of the text that was opened."""

    correction_words = forms.CharField(
        label=_("What you correct, and why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    correction_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
