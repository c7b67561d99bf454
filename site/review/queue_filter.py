"""The query string of the queue: what narrows it, and what it says when a value is bad."""

from html import escape
from urllib.parse import urlencode

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from roles.models import Level

FINDINGS = [
    ("clean", _("nothing found")),
    ("warn", _("something to look at")),
    ("block", _("something that blocks")),
]
ANY = [("", _("any"))]
# What a database takes as a key.
KEYS = {"min_value": 1, "max_value": 2**31 - 1}


def parse_key(text) -> int:
    """The number that a posted text is, if a database takes it as a key; else 0, no row's key."""
    said = str(text)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0


class LongSelect(forms.Select):
    """A select of hundreds of schools; Django draws each option with a template of its own."""

    # A plain list: Django's property looks for groups within groups at each assignment.
    choices: list = []

    def render(self, name, value, attrs=None, renderer=None):
        """The same markup as Django's, many times as fast."""
        chosen = {str(each) for each in self.format_value(value)}
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>'
            f"{escape(str(words))}</option>"
            for key, words in self.choices
        )
        attributes = flatatt(self.build_attrs(self.attrs, (attrs or {}) | {"name": name}))
        return format_html("<select{}>{}</select>", attributes, SafeString(options))


class QueueFilter(forms.Form):
    """Unknown parameters are ignored; a bad value is named and narrows nothing."""

    q = forms.CharField(label=_("Title or school"), max_length=60)
    kind = forms.IntegerField(label=_("Kind"), widget=forms.Select, **KEYS)
    school = forms.IntegerField(label=_("School"), widget=LongSelect, **KEYS)
    township = forms.CharField(label=_("Township"), max_length=40, widget=forms.Select)
    level = forms.ChoiceField(label=_("Level"), choices=[*ANY, *Level.choices])
    findings = forms.ChoiceField(label=_("Checks"), choices=[*ANY, *FINDINGS])
    overdue = forms.BooleanField(label=_("overdue"))
    urgent = forms.BooleanField(label=_("urgent"))

    def __init__(self, data, *, items=None):
        """`items`: what the choices of school, township and kind are taken from."""
        super().__init__(data, label_suffix="")
        for field in self.fields.values():
            field.required = False
        if items is not None:
            self._offer(items.order_by())

    def _offer(self, items) -> None:
        found = set(items.values_list("kind", "school_id", "school_title", "township").distinct())
        models = {key: ContentType.objects.get_for_id(key).model_class() for key, *_rest in found}
        kinds = {(key, model._meta.verbose_name) for key, model in models.items() if model}
        choices = {
            "kind": kinds,
            "school": {(key, title) for _kind, key, title, _town in found if key},
            "township": {(town, town) for *_rest, town in found if town},
        }
        for name, rows in choices.items():
            self.fields[name].widget.choices = [*ANY, *sorted(rows, key=lambda row: str(row[1]))]

    def chosen(self) -> dict:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, items):
        """Narrow the queue's items by what was chosen."""
        for name, value in self.chosen().items():
            items = items.filter(self._condition(name, value))
        return items

    @staticmethod
    def _condition(name: str, value) -> Q:
        if name == "q":
            return Q(title__icontains=value) | Q(school_title__icontains=value)
        if name == "overdue":
            return Q(remind_at__lt=timezone.now())
        if name == "findings":
            return {
                "clean": Q(blocks=0, warnings=0),
                "warn": Q(warnings__gt=0),
                "block": Q(blocks__gt=0),
            }[value]
        return Q(**{{"school": "school_id"}.get(name, name): value})

    def query_string(self) -> str:
        """The chosen values as a query string, for links that keep them."""
        return urlencode({name: self.data.get(name) for name in self.chosen()})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.chosen())
