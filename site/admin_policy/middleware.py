"""Answer requests to closed views, and writes that a guard refused, with the reason.

The reason appears as a message on the page one came from, or on the page that leads on.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_localized_response

from admin_policy.closed_views import PRIVACY_VIEWS, closures_of
from core.publishing.refusals import collect_refusals

STILL_IN_USE = _("This is still in use, so it stays. Nothing was deleted.")
NO_PERMISSION = _("You have no right to do this. Whoever runs the site can tell who has.")
ADMIN_HOME = "wagtailadmin_home"
API_LISTING = "wagtailadmin_api:pages:listing"
# Views that Wagtail opens in a dialog.
DIALOG_VIEWS = {
    *PRIVACY_VIEWS,
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
}


class AdminPolicyMiddleware:
    """Answer a closed view, and every write that a guard refuses, with the reason in a sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with collect_refusals() as refusals:
            response = self.get_response(request)
        if refusals and _is_wagtails_permission_denied(request, response):
            _drop_last_message(request)
            return _refuse(request, refusals[-1])
        if response.status_code == 403 and _is_in_admin(request) and _is_empty(response):
            return _refuse(request, refusals[-1] if refusals else STILL_IN_USE)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the view answer, unless it is closed under a condition that applies."""
        match = request.resolver_match
        closures = closures_of(match.view_name or "") if match else ()
        # Public pages ask for no user: whoever asks for it makes them vary by cookie.
        if not closures or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        for closure in closures:
            if closure.applies(request, kwargs):
                return _refuse(request, closure.reason, closure.leads_to(request, kwargs))
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Turn what a guard, or the database, refused into a sentence."""
        if not _is_in_admin(request):
            return None
        if isinstance(exception, ProtectedError | RestrictedError):
            _drop_last_message(request)  # Wagtail has reported a success already.
            return _refuse(request, STILL_IN_USE)
        if isinstance(exception, PermissionDenied):
            return _refuse(request, str(exception) or NO_PERMISSION)
        return None


def _refuse(
    request: HttpRequest, reason: str | Promise, leads_to: str | None = None
) -> HttpResponseBase:
    """Return the refusal in the language in which this person uses the admin."""
    return get_localized_response(
        lambda request: refusal_response(request, str(reason), leads_to), request
    )


def refusal_response(
    request: HttpRequest, reason: str, leads_to: str | None = None
) -> HttpResponse:
    """Return the reason: as a message on another page, inside a dialog, or as JSON for a script."""
    if request.path.startswith(reverse(API_LISTING).removesuffix("pages/")):
        return JsonResponse({"detail": reason}, status=403)
    if request.headers.get("x-requested-with") == "XMLHttpRequest" and not leads_to:
        view_name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method == "GET" and view_name in DIALOG_VIEWS:
            html = render_to_string("admin_policy/refused.html", {"reason": reason}, request)
            return JsonResponse({"step": "refused", "html": html, "error_message": reason})
        return JsonResponse({"success": False, "error_message": reason}, status=403)
    messages.error(request, reason)
    return redirect(leads_to or previous_url(request))


def previous_url(request: HttpRequest) -> str:
    """Return the page of the admin from which this address was called, else the first one."""
    referer = request.headers.get("referer", "")
    is_own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    current = request.build_absolute_uri(request.path)
    return referer if is_own and referer.split("?")[0] != current else reverse(ADMIN_HOME)


def _is_in_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse(ADMIN_HOME)) and request.user.is_authenticated


def _is_wagtails_permission_denied(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this is Wagtail's answer to any PermissionDenied: its first page, one sentence."""
    return (
        response.status_code == 302
        and _is_in_admin(request)
        and response.headers["Location"] == reverse(ADMIN_HOME)
    )


def _drop_last_message(request: HttpRequest) -> None:
    storage = messages.get_messages(request)
    for message in list(storage)[:-1]:
        messages.add_message(request, message.level, message.message, message.extra_tags)


def _is_empty(response: HttpResponseBase) -> bool:
    return isinstance(response, HttpResponse) and not response.content
