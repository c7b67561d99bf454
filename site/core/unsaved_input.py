"""A screen with the texts of a posted form whose page cannot be shown to its author any more."""

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

# Fields of a posted form that the browser fills in, by name and by the last part of the name.
HIDDEN_FIELDS = {"csrfmiddlewaretoken", "next", "correction_digest"}
FORMSET_FIELDS = {"id", "type", "order", "deleted", "count", "ORDER", "DELETE"}


def render_unsaved_input(request: HttpRequest) -> HttpResponse:
    """Return a page with the texts of the posted form, to be copied; nothing of its object."""
    context = {"texts": typed_texts(request.POST)}
    return render(request, "core/admin/unsaved_input.html", context)


def typed_texts(data: QueryDict) -> list[str]:
    """Return what was typed, field by field, without numbers and hidden fields."""
    texts = [
        _plain_text(value)
        for name, values in data.lists()
        if not _is_hidden_field(name)
        for value in values
    ]
    return [text for text in texts if text and not text.isdigit()]


def _is_hidden_field(name: str) -> bool:
    last_part = name.rpartition("-")[2]
    return (
        name in HIDDEN_FIELDS
        or name.startswith(("action-", "loaded_revision", "comments-"))
        or last_part in FORMSET_FIELDS
        or last_part.endswith("_FORMS")
    )


def _plain_text(value: str) -> str:
    """Return the text of a field; rich text is posted as JSON, of which only the text counts."""
    try:
        blocks = json.loads(value)["blocks"]
        return "\n".join(block["text"] for block in blocks).strip()
    except (ValueError, TypeError, KeyError):
        return value.strip()
