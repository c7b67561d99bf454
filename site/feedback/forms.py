"""The form that a reader fills in, its defences against programs, and the form of a step."""

import re
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback import handling
from feedback.addresses import own_path
from feedback.form_token import TokenError, new_token, token_error
from feedback.models import ErrorReport

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MAX_LINKS = 2
# The same text about the same page within this time is the same report.
DUPLICATE_WITHIN = timedelta(days=1)
# The name of a field that no person sees; programs fill in whatever has a name.
HONEYPOT = "more"
State = ErrorReport.State


class MultiLineField(forms.CharField):
    """Text in which a line break counts as one character, as it does in the browser."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class ReportForm(forms.ModelForm):
    """The public form; honeypot and token are no fields, the template writes them."""

    page = forms.CharField(
        label=gettext_lazy("Which page?"),
        required=False,
        max_length=600,
        help_text=gettext_lazy(
            "Its address, as it stands at the top of the browser; empty: the whole site."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=ErrorReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )
    words = MultiLineField(
        label=gettext_lazy("In your words"),
        max_length=1000,
        help_text=gettext_lazy(
            "What stands there, and what should stand there? At most 1,000 characters. "
            "No identity numbers and nothing else that nobody should read."
        ),
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in a few words what is wrong.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we reach you? (optional)"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = ErrorReport
        fields = ["page", "kind", "words", "contact"]

    def __init__(self, *args: Any, host: str, contact_days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.host = host
        self.fields["contact"].help_text = _(
            "E-mail or telephone. Only used to answer you, never published, and deleted "
            "%(days)d days after the matter is closed."
        ) % {"days": contact_days}

    @property
    def token(self) -> str:
        """The token to hand out: the posted one, whose time runs on, or a new one."""
        expired = token_error(self._posted_token) == TokenError.EXPIRED
        return new_token() if expired else self._posted_token

    @property
    def _posted_token(self) -> str:
        return self.data.get("form_token", "")

    def clean_page(self) -> str:
        """Return the path. Raise ValidationError for an address outside this site."""
        address = self.cleaned_data["page"]
        path = own_path(address, self.host)
        if address and not path:
            raise forms.ValidationError(
                _("This is no page of this site. Correct the address, or leave it empty.")
            )
        return path

    def clean_words(self) -> str:
        """Raise ValidationError for a list of links."""
        text = self.cleaned_data["words"]
        if len(LINK.findall(text)) > MAX_LINKS:
            raise forms.ValidationError(
                _("At most %(number)d links, please; describe the others.") % {"number": MAX_LINKS}
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean() or self.cleaned_data
        if self.data.get(HONEYPOT):
            self.add_error(
                None,
                _("A hidden field was filled in, as programs do. It is empty now: send again."),
            )
        if error := token_error(self._posted_token):
            self.add_error(None, TOKEN_ERRORS[error])
        if not self.errors and (duplicate := find_duplicate(cleaned_data)):
            self.add_error(
                None,
                _(
                    "These very words have reached us already, under the number %(number)s. "
                    "If there is something to add, write it and send again."
                )
                % {"number": duplicate.number},
            )
        return cleaned_data


def find_duplicate(cleaned_data: dict[str, Any]) -> ErrorReport | None:
    """Return a recent report with the same page, text and contact."""
    since = timezone.now() - DUPLICATE_WITHIN
    same = {name: cleaned_data[name] for name in ("page", "words", "contact")}
    return ErrorReport.objects.filter(created_at__gte=since, **same).first()


TOKEN_ERRORS = {
    TokenError.TOO_EARLY: gettext_lazy(
        "That was very quick, as programs are. Your words are still here: wait a moment and "
        "send again."
    ),
    TokenError.EXPIRED: gettext_lazy(
        "The form had been open for more than a day. Your words are still here: send again."
    ),
}


class StepForm(forms.Form):
    """The next step on a report; `seen_state` is the state in which this person read it."""

    state = forms.ChoiceField(label=gettext_lazy("What happens"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "When closing: what was found and done, as the reader is told. "
            "It is kept; do not copy the reader's contact into it."
        ),
    )
    seen_state = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, state: str) -> None:
        super().__init__(data, initial={"seen_state": state}, label_suffix="")
        self.current_state = state
        choices = [
            (next_state, step_label(state, next_state))
            for next_state in handling.NEXT_STATES[state]
        ]
        cast(forms.ChoiceField, self.fields["state"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a note, except where a new report is taken in hand."""
        cleaned_data = super().clean() or self.cleaned_data
        state = cleaned_data.get("state")
        takes_new = self.current_state == State.NEW and state == State.IN_HAND
        if state and not takes_new and not cleaned_data.get("note", "").strip():
            self.add_error("note", _("Write what was found, or why."))
        return cleaned_data


def step_label(state: str, next_state: str) -> str:
    """Return what a step from one state to the next is called."""
    if state in ErrorReport.CLOSED:
        return _("take it up again")
    if state == next_state:
        return _("note something")
    return {
        State.IN_HAND: _("take it in hand"),
        State.ANSWERED: _("close: put right and answered"),
        State.NO_FAULT: _("close: no fault found"),
    }[State(next_state)]
