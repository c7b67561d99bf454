"""Forms of those who set the rules of review and name its people."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.models import User
from roles.models import Deputy, ReviewSettings
from roles.scopes import district_titles, school_titles

REASON_LENGTH = 200
# Working days.
MAX_TERM = 250


def district_choices() -> list[tuple[str, str]]:
    """Return the districts by translation key, as a form's choices."""
    return [(str(key), title) for key, title in district_titles().items()]


def scope_choices() -> list[tuple[Any, Any]]:
    """Return nothing, the districts and the schools by translation key, as a form's choices."""
    schools = [(str(key), title) for key, title in school_titles().items()]
    return [("", "---------"), (_("district"), district_choices()), (_("school"), schools)]


class DeputyForm(forms.ModelForm):
    """Who decides in another's place, where, and from when to when."""

    scope_key = forms.ChoiceField(label=_("school or district"), choices=scope_choices)

    class Meta:
        model = Deputy
        fields = ["level", "scope_key", "user", "starts_on", "ends_on", "reason"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)
        user.queryset = users_with_admin_access()

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned_data = self.cleaned_data
        first_day, last_day = cleaned_data.get("starts_on"), cleaned_data.get("ends_on")
        if last_day and last_day < timezone.localdate():
            self.add_error("ends_on", _("The last day is over already."))
        same = {name: cleaned_data.get(name) for name in ("level", "scope_key", "user")}
        if first_day and last_day and all(same.values()):
            others = Deputy.objects.overlapping(first_day, last_day).filter(**same)
            if others.exists():
                self.add_error("user", _("This person is deputy there on some of these days."))
        return cleaned_data


def users_with_admin_access() -> QuerySet[User]:
    """Return the active people who may enter the admin, by username."""
    return get_user_model().objects.with_perm("wagtailadmin.access_admin").order_by("username")


class LinesField(forms.CharField):
    """A list, one entry a line, without empty and repeated lines."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # lines, not text
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class ReviewSettingsForm(forms.ModelForm):
    """The settings of review of one district."""

    reasons = LinesField(
        label=_("reasons to return an item"),
        required=False,
        help_text=_("Sentences that reviewers choose from, one a line."),
    )
    days_off = LinesField(
        label=_("days off"),
        required=False,
        help_text=_("Days such as 2026-10-01 that are no working days, one a line."),
    )

    class Meta:
        model = ReviewSettings
        fields = [
            "remind_after",
            "escalate_after",
            "public_line",
            "reasons",
            "days_off",
            "school_activation_code",
        ]
        widgets = {"public_line": forms.RadioSelect}

    def clean_reasons(self) -> list[str]:
        reasons: list[str] = self.cleaned_data["reasons"]
        if any(len(line) > REASON_LENGTH for line in reasons):
            raise forms.ValidationError(_("At most 200 characters a line."))
        return reasons

    def clean_days_off(self) -> list[str]:
        days = []
        for line in self.cleaned_data["days_off"]:
            try:
                days.append(datetime.date.fromisoformat(line).isoformat())
            except ValueError:
                message = _("“%(line)s” is no day. Write it like 2026-10-01.")
                raise forms.ValidationError(message, params={"line": line}) from None
        return sorted(set(days))

    def clean(self) -> dict[str, Any]:
        super().clean()
        remind_after = self.cleaned_data.get("remind_after")
        escalate_after = self.cleaned_data.get("escalate_after")
        if remind_after is not None and remind_after < 1:
            self.add_error("remind_after", _("At least one working day."))
        for name, days in (("remind_after", remind_after), ("escalate_after", escalate_after)):
            if days is not None and days > MAX_TERM:
                self.add_error(name, _("At most 250 working days, a year."))
        if remind_after is None or escalate_after is None:
            return self.cleaned_data
        if escalate_after <= remind_after:
            self.add_error("escalate_after", _("Later than the reminder."))
        return self.cleaned_data
