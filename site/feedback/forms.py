"""What the reader fills in, and what keeps programs out without asking anybody else."""

import re
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback import form_token
from feedback.addresses import own_path
from feedback.models import ErrorReport

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MOST_LINKS = 2
# A second look at the same page in the same words is the same report.
SAME_WITHIN = timedelta(days=1)
# Nobody sees it; programs fill in whatever has a name.
BAIT = "more"


class Words(forms.CharField):
    """Text whose line ends count once, as they do in the browser."""

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class ReportForm(forms.ModelForm):
    """The form of the public page; the bait and the stamp are no fields and are drawn by hand."""

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
    words = Words(
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

    def __init__(self, *args, host: str, days: int, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.host = host
        self.fields["contact"].help_text = _(
            "E-mail or telephone. Only used to answer you, never published, and deleted "
            "%(days)d days after the matter is closed."
        ) % {"days": days}

    @property
    def stamp(self) -> str:
        """The stamp to draw: the one that came, so that its time runs on, or a new one."""
        came = self.data.get("stamp", "")
        return form_token.new() if form_token.fault(came) == form_token.OLD else came

    def clean_page(self) -> str:
        """The path. Raises ValidationError for what lies elsewhere."""
        said = self.cleaned_data["page"]
        path = own_path(said, self.host)
        if said and not path:
            raise forms.ValidationError(
                _("This is no page of this site. Correct the address, or leave it empty.")
            )
        return path

    def clean_words(self) -> str:
        """Raises ValidationError for a list of links."""
        words = self.cleaned_data["words"]
        if len(LINK.findall(words)) > MOST_LINKS:
            raise forms.ValidationError(
                _("At most %(number)d links, please; describe the others.") % {"number": MOST_LINKS}
            )
        return words

    def clean(self):
        cleaned = super().clean()
        if self.data.get(BAIT):
            self.add_error(
                None,
                _("A hidden field was filled in, as programs do. It is empty now: send again."),
            )
        if words := TIMES.get(form_token.fault(self.data.get("stamp", ""))):
            self.add_error(None, words)
        if not self.errors and (known := self._known(cleaned)):
            self.add_error(
                None,
                _(
                    "These very words have reached us already, under the number %(number)s. "
                    "If there is something to add, write it and send again."
                )
                % {"number": known.number},
            )
        return cleaned

    @staticmethod
    def _known(cleaned) -> ErrorReport | None:
        since = timezone.now() - SAME_WITHIN
        same = {name: cleaned[name] for name in ("page", "words", "contact")}
        return ErrorReport.objects.filter(created_at__gte=since, **same).first()


TIMES = {
    form_token.EARLY: gettext_lazy(
        "That was very quick, as programs are. Your words are still here: wait a moment and "
        "send again."
    ),
    form_token.OLD: gettext_lazy(
        "The form had been open for more than a day. Your words are still here: send again."
    ),
}
