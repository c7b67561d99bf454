"""Maintenance: while a file says so, everybody gets one page, which needs no database.

A file and not a setting or a row: it holds for all processes at once, without a restart, and while
the database is away.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache

HEALTH = "/health/"
# When to ask again if nobody has said how long it takes.
SECONDS = 600


class Notice(NamedTuple):
    """What readers are told: until when (aware), and in which words; both may be missing."""

    until: datetime | None = None
    words: str = ""


class Maintenance:
    """Answers 503 to everything but static files (which are served before it) and HEALTH."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        notice = current()
        if notice is None or request.path_info == HEALTH:
            return self.get_response(request)
        return closed(request, notice)


def closed(request, notice: Notice) -> HttpResponse:
    """The page for `notice`, in the language of the address."""
    now = timezone.now()
    until = notice.until if notice.until and notice.until > now else None
    # This thread still has the language of whoever it served before.
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        html = render_to_string("503.html", {"until": until, "message": notice.words})
    seconds = int((until - now).total_seconds()) + 1 if until else SECONDS
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(html, status=503, headers=headers)


def current() -> Notice | None:
    """The notice that holds now; None while the site is open.

    The file alone closes the site, whatever is in it: somebody in a hurry may have touched it.
    """
    try:
        text = flag().read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Notice()
    try:
        said = json.loads(text)
        return Notice(moment(said["until"]), str(said["words"]))
    except (ValueError, TypeError, KeyError):
        return Notice()


def close(notice: Notice) -> None:
    """Close the site from the next request on."""
    said = {"until": notice.until.isoformat() if notice.until else "", "message": notice.words}
    path = flag()
    path.parent.mkdir(parents=True, exist_ok=True)
    # In one step: nobody reads half a file.
    written = path.with_suffix(".new")
    written.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    os.replace(written, path)


def reopen() -> bool:
    """Open the site again; tell whether it was closed."""
    try:
        flag().unlink()
    except FileNotFoundError:
        return False
    return True


def flag() -> Path:
    """The file whose presence closes the site."""
    return Path(settings.VAR_DIR) / "maintenance"


def moment(text: str) -> datetime | None:
    """The time that `text` names, in the district's own time if it says no other; None: none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


@never_cache
def health(request):
    """Says that this process answers; asks neither database nor cache."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
