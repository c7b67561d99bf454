"""The filter of the queue: what its query string may narrow, and keys that are posted."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.listing import ListingForm
from review.models.queue import QueueItem
from roles.models import Level

# What a database takes as a key.
MAX_KEY = 2**31 - 1
ANY = [("", _("any"))]
FINDINGS = [
    ("clean", _("nothing found")),
    ("warn", _("something to look at")),
    ("block", _("something that blocks")),
]
FINDING_CONDITIONS = {
    "clean": Q(blocks=0, warnings=0),
    "warn": Q(warnings__gt=0),
    "block": Q(blocks__gt=0),
}


class LongSelect(forms.Select):
    """A select of hundreds of schools; Django draws each option with a template of its own."""

    # A plain list: Django's property looks for groups within groups at each assignment.
    choices: list = []

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the same markup as Django's, many times as fast."""
        chosen = {str(each) for each in self.format_value(value)}
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>'
            f"{escape(str(label))}</option>"
            for key, label in self.choices
        )
        attributes = flatatt(self.build_attrs(self.attrs, (attrs or {}) | {"name": name}))
        return format_html("<select{}>{}</select>", attributes, SafeString(options))


class QueueFilter(ListingForm):
    """The query string of the queue."""

    q = forms.CharField(label=_("Title or school"), max_length=60)
    kind = forms.IntegerField(label=_("Kind"), widget=forms.Select, min_value=1, max_value=MAX_KEY)
    school = forms.IntegerField(
        label=_("School"), widget=LongSelect, min_value=1, max_value=MAX_KEY
    )
    township = forms.CharField(label=_("Township"), max_length=40, widget=forms.Select)
    level = forms.ChoiceField(label=_("Level"), choices=[*ANY, *Level.choices])
    findings = forms.ChoiceField(label=_("Checks"), choices=[*ANY, *FINDINGS])
    overdue = forms.BooleanField(label=_("overdue"))
    urgent = forms.BooleanField(label=_("urgent"))

    lookups = {
        "kind": "kind",
        "school": "school_id",
        "township": "township",
        "level": "level",
        "overdue": "remind_at__lt",
        "urgent": "urgent",
    }

    def __init__(self, data: Mapping[str, Any], *, items: QuerySet[QueueItem]) -> None:
        super().__init__(data, entries=items, index=None)

    def clean_overdue(self) -> Any:
        """Return the time before which a reminder was due, or None where it does not matter."""
        return timezone.now() if self.cleaned_data["overdue"] else None

    def clean_urgent(self) -> bool | None:
        """Return True, or None where it does not matter."""
        return self.cleaned_data["urgent"] or None

    def set_choices_from_items(self) -> None:
        """Offer the kinds, schools and townships that the items have; one query."""
        rows = set(
            self.entries.order_by()
            .values_list("kind", "school_id", "school_title", "township")
            .distinct()
        )
        models = {
            kind_id: ContentType.objects.get_for_id(kind_id).model_class()
            for kind_id in {row[0] for row in rows}
        }
        self._set_widget_choices(
            "kind", {(key, model._meta.verbose_name) for key, model in models.items() if model}
        )
        self._set_widget_choices("school", {(row[1], row[2]) for row in rows if row[1]})
        self._set_widget_choices("township", {(row[3], row[3]) for row in rows if row[3]})

    def _set_widget_choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        widget: Any = self.fields[name].widget
        widget.choices = [*ANY, *sorted(choices, key=lambda choice: str(choice[1]))]

    def filter_by(self, entries: Any, values: dict[str, Any]) -> Any:
        """Return the items that have these values of fields."""
        if q := values.get("q"):
            entries = entries.filter(Q(title__icontains=q) | Q(school_title__icontains=q))
        if findings := values.get("findings"):
            entries = entries.filter(FINDING_CONDITIONS[findings])
        return super().filter_by(entries, values)
