"""Forms of those who set the rules of review and name its people."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.coreutils import get_content_type_label
from wagtail.models import get_page_models

from accounts.models import User
from core.models import BasePage
from roles.models import Deputy, Level, LevelRule, ReviewSettings
from roles.scopes import district_titles, school_titles

REASON_LENGTH = 200


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


class ContentTypeField(forms.ModelChoiceField):
    """A choice of page types, by their names."""

    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, ContentType)
        return str(get_content_type_label(obj))


def reviewed_content_types() -> QuerySet[ContentType]:
    """Return the content types of the pages that go through review."""
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    content_types = ContentType.objects.get_for_models(*models).values()
    keys = [content_type.pk for content_type in content_types]
    return ContentType.objects.filter(pk__in=keys).order_by("model")


class LevelRuleForm(forms.ModelForm):
    """Which levels an item owes. Where a rule applies is fixed once it stands."""

    district_key = forms.ChoiceField(label=_("district"), choices=district_choices)
    in_school = forms.TypedChoiceField(
        label=_("where"),
        choices=[("1", _("pages of schools")), ("0", _("pages of the district"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    content_type = ContentTypeField(
        label=_("kind"),
        queryset=ContentType.objects.none(),
        required=False,
        empty_label=_("every kind"),
        help_text=_("A rule for one kind goes before the rule for every kind."),
    )
    levels = forms.MultipleChoiceField(
        label=_("levels"),
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "In this order, each by a different person; at least two. Items that wait owe the "
            "new levels at once: what waits at a level that is left out goes on. What has passed "
            "all the others does not become public by that; return it, to be submitted again."
        ),
    )
    urgent_levels = forms.MultipleChoiceField(
        label=_("levels of an urgent item"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two; empty: the last two. A third person looks within 24 hours."),
    )

    class Meta:
        model = LevelRule
        fields = ["district_key", "in_school", "content_type", "levels", "urgent_levels"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content_type = self.fields["content_type"]
        assert isinstance(content_type, forms.ModelChoiceField)
        content_type.queryset = reviewed_content_types()
        if self.instance.pk:
            self.initial["in_school"] = "1" if self.instance.in_school else "0"
            for name in ("district_key", "in_school", "content_type"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.errors:
            return self.cleaned_data
        same = LevelRule.objects.exclude(pk=self.instance.pk).filter(
            district_key=self.cleaned_data["district_key"],
            in_school=self.cleaned_data["in_school"],
            content_type=self.cleaned_data["content_type"],
        )
        if same.exists():
            self.add_error("content_type", _("There is a rule for these already. Change that one."))
        return self.cleaned_data

    def validate_constraints(self) -> None:
        """Leave it to `clean`, which names the field to change."""


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
        fields = ["remind_after", "escalate_after", "public_line", "reasons", "days_off"]
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
        if remind_after is None or escalate_after is None:
            return self.cleaned_data
        if escalate_after <= remind_after:
            self.add_error("escalate_after", _("Later than the reminder."))
        return self.cleaned_data
