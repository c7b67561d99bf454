"""The form of a level rule: for what, and which levels it owes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_type_label
from wagtail.models import get_page_models

from change_requests.forms import ChangeRequestForm
from change_requests.kinds import Payload
from core.models import BasePage
from level_rules.kinds import DELETE, SET, rule_payload
from roles.forms import district_choices
from roles.models import Level, LevelRule


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


class LevelRuleForm(ChangeRequestForm, forms.ModelForm):
    """Which levels an item should owe, and why. Where a rule applies is fixed once it stands."""

    district_key = forms.ChoiceField(label=gettext_lazy("district"), choices=district_choices)
    in_school = forms.TypedChoiceField(
        label=gettext_lazy("where"),
        choices=[
            ("1", gettext_lazy("pages of schools")),
            ("0", gettext_lazy("pages of the district")),
        ],
        coerce=lambda value: value == "1",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    content_type = ContentTypeField(
        label=gettext_lazy("kind"),
        queryset=ContentType.objects.none(),
        required=False,
        empty_label=gettext_lazy("every kind"),
        help_text=gettext_lazy("A rule for one kind goes before the rule for every kind."),
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("levels"),
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "In this order, each by a different person; at least two. Items that wait need the "
            "new levels as soon as they are confirmed: what waits at a level that is left out "
            "goes on. What has passed all the others does not become public by that; return it, "
            "to be submitted again."
        ),
    )
    urgent_levels = forms.MultipleChoiceField(
        label=gettext_lazy("levels of an urgent item"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "At least two; empty: the last two. A third person checks it within 24 hours."
        ),
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

    def get_district_key(self) -> UUID | None:
        """Return the key of the district whose final approvers confirm it."""
        key: UUID = self.instance.district_key
        return key

    def title(self) -> str:
        """Return the rule in one line."""
        return _("Level rule: %(where)s, %(kind)s: %(levels)s") % {
            "where": place_of(self.instance),
            "kind": kind_of(self.instance),
            "levels": self.instance,
        }

    def payload(self) -> Payload:
        """Return the rule as JSON."""
        return rule_payload(self.instance, SET)


class DeleteLevelRuleForm(ChangeRequestForm):
    """A rule goes; the more general one applies, or nothing passes."""

    def __init__(self, *args: Any, rule: LevelRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule

    def get_district_key(self) -> UUID | None:
        key: UUID = self.rule.district_key
        return key

    def title(self) -> str:
        return _("Delete the level rule: %(where)s, %(kind)s: %(levels)s") % {
            "where": place_of(self.rule),
            "kind": kind_of(self.rule),
            "levels": self.rule,
        }

    def payload(self) -> Payload:
        return rule_payload(self.rule, DELETE)


def place_of(rule: LevelRule) -> str:
    """Return whether the rule is about schools' pages or about the district's."""
    return _("pages of schools") if rule.in_school else _("pages of the district")


def kind_of(rule: LevelRule) -> str:
    """Return the name of the kind of content that the rule is about."""
    model: Any = rule.content_type.model_class() if rule.content_type else None
    return str(model.get_verbose_name()) if model else _("every kind")
