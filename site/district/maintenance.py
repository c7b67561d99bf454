"""Maintenance: while a file exists, everybody gets one page, which needs no database.

A file and not a setting or a row: it holds for all processes at once, without a restart, and while
the database is down.
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache

HEALTH_PATH = "/health/"
# Seconds after which to retry when no end is given.
RETRY_AFTER = 600


class Notice(NamedTuple):
    """What readers are told: the end (aware) and a message; both may be missing."""

    until: datetime | None = None
    message: str = ""


class MaintenanceMiddleware:
    """Answers 503 to everything but static files (which are served before it) and HEALTH_PATH."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        notice = current_notice()
        if notice is None or request.path_info == HEALTH_PATH:
            return self.get_response(request)
        return maintenance_response(request, notice)


def maintenance_response(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Return the page for `notice`, in the language of the URL."""
    now = timezone.now()
    until = notice.until if notice.until and notice.until > now else None
    # The thread still has the language of the request before.
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        html = render_to_string("503.html", {"until": until, "message": notice.message})
    seconds = int((until - now).total_seconds()) + 1 if until else RETRY_AFTER
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(html, status=503, headers=headers)


def current_notice() -> Notice | None:
    """Return the notice that is shown now; None while the site is open.

    The file alone closes the site, whatever it contains: somebody may have touched it in a hurry.
    """
    try:
        text = flag_path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Notice()
    try:
        data = json.loads(text)
        return Notice(parse_time(data["until"]), str(data["words"]))
    except (ValueError, TypeError, KeyError):
        return Notice()


def close(notice: Notice) -> None:
    """Close the site from the next request on."""
    until = notice.until.isoformat() if notice.until else ""
    data = {"until": until, "words": notice.message}
    path = flag_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    # In one step: nobody reads half a file.
    new_path = path.with_suffix(".new")
    new_path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    os.replace(new_path, path)


def reopen() -> bool:
    """Open the site again; return whether it was closed."""
    try:
        flag_path().unlink()
    except FileNotFoundError:
        return False
    return True


def flag_path() -> Path:
    """Return the path of the file that closes the site by its presence."""
    return Path(settings.VAR_DIR) / "maintenance"


def parse_time(text: str) -> datetime | None:
    """Return the time in `text`, aware, in the district's time zone unless it has one; or None."""
    try:
        time = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(time) if time and timezone.is_naive(time) else time


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer that this process runs, without database or cache."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
