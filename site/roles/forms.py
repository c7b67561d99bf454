"""Forms of those who set the rules of review and name its people."""

import datetime

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import get_page_models

from core.models import BasePage
from roles import scopes
from roles.models import Deputy, Level, LevelRule, ReviewSettings


class DeputyForm(forms.ModelForm):
    """Who decides in another's place, where, and from when to when."""

    scope_key = forms.ChoiceField(label=_("school or district"))

    class Meta:
        model = Deputy
        fields = ["level", "scope_key", "user", "starts_on", "ends_on", "reason"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope_key"].choices = [
            ("", "---------"),
            (_("district"), [(str(key), title) for key, title in scopes.district_titles().items()]),
            (_("school"), [(str(key), title) for key, title in scopes.school_titles().items()]),
        ]
        self.fields["user"].queryset = with_access()

    def clean(self):
        said = super().clean()
        ends = said.get("ends_on")
        if ends and ends < timezone.localdate():
            self.add_error("ends_on", _("The last day is over already."))
        needed = ("level", "scope_key", "user", "starts_on")
        if ends and all(said.get(name) for name in needed):
            same = {name: said[name] for name in needed[:3]}
            if Deputy.objects.filter(
                **same, starts_on__lte=ends, ends_on__gte=said["starts_on"]
            ).exists():
                self.add_error("user", _("This person is deputy there on some of these days."))
        return said


def with_access():
    """Active people who may enter the admin."""
    enter = Q(is_superuser=True)
    for way in ("groups__permissions", "user_permissions"):
        enter |= Q(
            **{
                f"{way}__codename": "access_admin",
                f"{way}__content_type__app_label": "wagtailadmin",
            }
        )
    users = get_user_model().objects
    entering = users.filter(enter, is_active=True).values("pk")
    return users.filter(pk__in=entering).order_by("username")


class KindField(forms.ModelChoiceField):
    """The kinds of pages that go through review."""

    def label_from_instance(self, obj):
        return str(obj.model_class().get_verbose_name())


def kinds():
    """The content types of the pages that go through review."""
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    types = ContentType.objects.get_for_models(*models).values()
    return ContentType.objects.filter(pk__in=[each.pk for each in types]).order_by("model")


class LevelRuleForm(forms.ModelForm):
    """Which levels an item owes. Where a rule applies is fixed once it stands."""

    district_key = forms.ChoiceField(label=_("district"))
    in_school = forms.TypedChoiceField(
        label=_("where"),
        choices=[("1", _("pages of schools")), ("0", _("pages of the district"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    content_type = KindField(
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = scopes.district_titles()
        self.fields["district_key"].choices = [(str(key), name) for key, name in districts.items()]
        self.fields["content_type"].queryset = kinds()
        if self.instance.pk:
            self.initial["in_school"] = "1" if self.instance.in_school else "0"
            for name in ("district_key", "in_school", "content_type"):
                self.fields[name].disabled = True

    def clean(self):
        said = super().clean()
        same = LevelRule.objects.exclude(pk=self.instance.pk).filter(
            district_key=said.get("district_key") or None,
            in_school=bool(said.get("in_school")),
            content_type=said.get("content_type"),
        )
        if not self.errors and same.exists():
            self.add_error("content_type", _("There is a rule for these already. Change that one."))
        return said

    def validate_constraints(self):
        """Said in `clean`, in words."""


class LinesField(forms.CharField):
    """A list, one entry a line; empty lines do not count, none counts twice."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class ReviewSettingsForm(forms.ModelForm):
    """How a district practises review."""

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

    def clean_reasons(self):
        reasons = self.cleaned_data["reasons"]
        long = [line for line in reasons if len(line) > 200]
        if long:
            raise forms.ValidationError(_("At most 200 characters a line."))
        return reasons

    def clean_days_off(self):
        days = []
        for line in self.cleaned_data["days_off"]:
            try:
                days.append(datetime.date.fromisoformat(line).isoformat())
            except ValueError:
                words = _("“%(line)s” is no day. Write it like 2026-10-01.")
                raise forms.ValidationError(words, params={"line": line}) from None
        return sorted(set(days))

    def clean(self):
        said = super().clean()
        remind, escalate = said.get("remind_after"), said.get("escalate_after")
        if remind is not None and remind < 1:
            self.add_error("remind_after", _("At least one working day."))
        if None not in (remind, escalate) and escalate <= remind:
            self.add_error("escalate_after", _("Later than the reminder."))
        return said
