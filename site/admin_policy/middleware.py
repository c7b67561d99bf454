"""Answers requests to closed views, and writes that a guard refused, with the reason.

The reason reaches the page one came from, with a way on.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, RestrictedError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_localized_response

from admin_policy import privacy
from admin_policy.closed_views import closures_of
from core.publishing.refusals import collect_refusals
from core.redirects import referring_url

HELD = _("This is still in use, so it stays. Nothing was deleted.")
DENIED = _("You have no right to do this. Whoever runs the site can tell who has.")
HOME = "wagtailadmin_home"
API = "wagtailadmin_api:"


# What Wagtail opens in a dialog.
DIALOGS = {
    *privacy.VIEWS,
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
}


class AdminPolicyMiddleware:
    """Answers a closed view, and every write that a guard refuses, with the reason in words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with collect_refusals() as heard:
            response = self.get_response(request)
        if heard and _says_no_more_than_denied(request, response):
            _forget_the_last_message(request)
            return _localized(request, heard[-1])
        if response.status_code == 403 and _in_admin(request) and not _has_text(response):
            return _localized(request, heard[-1] if heard else HELD)
        return response

    def process_view(self, request, view, args, kwargs):
        """Let pass, or refuse with the reason of the view's door."""
        doors = closures_of(request.resolver_match.view_name or "")
        # Public pages go by untouched: who asks for the user makes them vary by cookie.
        if not doors or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        for door in doors:
            if door.closed(request, kwargs):
                return _localized(request, door.reason, door.leads_to(request, kwargs))
        return None

    def process_exception(self, request, exception):
        """Say in words what a guard, or the database, refused."""
        if not _in_admin(request):
            return None
        if isinstance(exception, ProtectedError | RestrictedError):
            _forget_the_last_message(request)  # Wagtail has called it a success already.
            return _localized(request, HELD)
        if isinstance(exception, PermissionDenied):
            return _localized(request, str(exception) or DENIED)
        return None


def _localized(request, reason, leads_to=None):
    """The refusal in the language in which this person uses the admin."""
    return get_localized_response(lambda request: refusal(request, str(reason), leads_to), request)


def refusal(request, reason: str, leads_to: str | None = None):
    """The reason: as a message on the page one came from, in a dialog, or for a script."""
    if request.path.startswith(reverse(f"{API}pages:listing").removesuffix("pages/")):
        return JsonResponse({"detail": reason}, status=403)
    if request.headers.get("x-requested-with") == "XMLHttpRequest" and not leads_to:
        if request.method == "GET" and request.resolver_match.view_name in DIALOGS:
            html = render_to_string("admin_policy/refused.html", {"reason": reason}, request)
            return JsonResponse({"step": "refused", "html": html, "error_message": reason})
        return JsonResponse({"success": False, "error_message": reason}, status=403)
    messages.error(request, reason)
    return redirect(leads_to or way_back(request))


def way_back(request) -> str:
    """The page of the admin from which this address was called, else the first screen."""
    return referring_url(request) or reverse(HOME)


def _in_admin(request) -> bool:
    return request.path.startswith(reverse(HOME)) and request.user.is_authenticated


def _says_no_more_than_denied(request, response) -> bool:
    """Whether this is Wagtail's answer to any PermissionDenied: its first screen, one sentence."""
    return response.status_code == 302 and _in_admin(request) and response.url == reverse(HOME)


def _forget_the_last_message(request) -> None:
    storage = messages.get_messages(request)
    for message in list(storage)[:-1]:
        storage.add(message.level, message.message, message.extra_tags)


def _has_text(response) -> bool:
    return response.streaming or bool(response.content)
