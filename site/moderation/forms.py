"""Forms of decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm


class ReturnForm(TaskStateCommentForm):
    """A return says what should be changed; the school editor reads it first."""

    comment = forms.CharField(
        label=_("What should be changed"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what should be changed.")},
    )


class DecisionForm(forms.Form):
    """Approve or return, with an opinion; a return without one is refused."""

    action = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Return"))])
    comment = forms.CharField(
        label=_("Opinion"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A return needs one: say what should be changed and where."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") == "reject" and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say what should be changed."))
        return cleaned
