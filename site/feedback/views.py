"""The public form for reporting an error, without JavaScript and without an account.

It is never cached. A cached page would carry another reader's CSRF token, for which this browser
has no cookie, so that every report would be refused; an old form token; and after an error the
text and the contact that somebody else typed.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from core import rate_limits
from feedback import handling
from feedback.addresses import own_path
from feedback.forms import HONEYPOT, ReportForm
from feedback.models import ErrorReport


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """Show the form, or store a report; after an error everything typed is still in the form."""
    district_key = _district_key(request)
    if request.method != "POST":
        page = own_path(request.GET.get("page", ""), request.get_host())
        return _show(request, _form(request, initial={"page": page}))
    form = _form(request, request.POST)
    if not form.is_valid():
        return _show(request, form)
    if wait := rate_limits.seconds_to_wait(request, "report", _limits()):
        response = _show(request, form, 429, limited=wait)
        response["Retry-After"] = str(wait)
        return response
    form.instance.language = translation.get_language()
    report = handling.receive_report(form.save(commit=False), district_key)
    return redirect("report_thanks", report.number)


@never_cache
@require_safe
def thanks(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm a report under its number. Raise Http404 for a number that was not given out."""
    report = get_object_or_404(ErrorReport, number=number, district_key=_district_key(request))
    return render(request, "feedback/thanks.html", {"report": report} | _answer_term())


@never_cache
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid CSRF token; a report's text comes back with the answer."""
    match = request.resolver_match
    if match is None or match.view_name != "report_error":
        return csrf.csrf_failure(request, reason)
    return _show(request, _form(request, request.POST), 403, csrf_failed=True)


def _district_key(request: HttpRequest) -> UUID:
    """Return the key of the district that answers at this host. Raise Http404 without one."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("no site")
    return site.root_page.translation_key


def _form(request: HttpRequest, data: QueryDict | None = None, **kwargs: Any) -> ReportForm:
    return ReportForm(
        data, host=request.get_host(), contact_days=settings.REPORT_CONTACT_DAYS, **kwargs
    )


def _show(
    request: HttpRequest, form: ReportForm, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "honeypot": HONEYPOT} | _answer_term()
    return render(request, "feedback/report.html", context, status=status)


def _limits() -> dict[int, int]:
    return {rate_limits.HOUR: settings.REPORTS_AN_HOUR, rate_limits.DAY: settings.REPORTS_A_DAY}


def _answer_term() -> dict:
    return {"answer_days": settings.REPORT_ANSWER_DAYS}
