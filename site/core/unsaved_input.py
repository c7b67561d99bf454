"""What somebody typed on a page that they may read no more, or that is gone."""

import json

from django.shortcuts import render

# Fields of a posted form that the browser fills in, by name and by the name's last part.
NOT_TYPED = {"csrfmiddlewaretoken", "next", "correction_digest"}
COUNTERS = {"id", "type", "order", "deleted", "count", "ORDER", "DELETE"}


def show(request):
    """The words of the posted form alone, to be copied; nothing of the page itself."""
    context = {"passages": typed_passages(request.POST)}
    return render(request, "core/admin/unsaved_input.html", context)


def typed_passages(posted) -> list[str]:
    """What was typed, field by field."""
    found = [
        _as_text(value)
        for name, values in posted.lists()
        if not _is_bookkeeping(name)
        for value in values
    ]
    return [words for words in found if words and not words.isdigit()]


def _is_bookkeeping(name: str) -> bool:
    last = name.rpartition("-")[2]
    return (
        name in NOT_TYPED
        or name.startswith(("action-", "loaded_revision", "comments-"))
        or last in COUNTERS
        or last.endswith("_FORMS")
    )


def _as_text(value: str) -> str:
    """The words of a field; rich text is posted as JSON, of which only the text is wanted."""
    try:
        blocks = json.loads(value)["blocks"]
        return "\n".join(block["text"] for block in blocks).strip()
    except (ValueError, TypeError, KeyError):
        return value.strip()
