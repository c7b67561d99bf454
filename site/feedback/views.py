"""The public form for reporting an error, without JavaScript and without an account.

It is never cached. A page from a cache would carry another reader's CSRF token, which this
browser has no cookie for: everybody's report would be refused; it would carry an old stamp, and
after a refusal the words and the contact that somebody typed.
"""

from django.conf import settings
from django.http import Http404
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
from feedback.forms import BAIT, ReportForm
from feedback.models import ErrorReport


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request):
    """Show the form, or store what was sent; whatever stands against it, the words come back."""
    district = _district(request)
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
    report = handling.receive(form.save(commit=False), district)
    return redirect("report_thanks", report.number)


@never_cache
@require_safe
def thanks(request, number: str):
    """Say that it has arrived, and under which number. Raises Http404 for any other number."""
    report = get_object_or_404(ErrorReport, number=number, district_key=_district(request))
    return render(request, "feedback/thanks.html", {"report": report} | _terms())


@never_cache
def csrf_failed(request, reason=""):
    """Django's answer to a form without a valid token; a report's words come back with it."""
    match = request.resolver_match
    if match is None or match.view_name != "report_error":
        return csrf.csrf_failure(request, reason)
    return _show(request, _form(request, request.POST), 403, unproved=True)


def _district(request):
    """The translation key of the district that answers at this host. Raises Http404 without."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("no site")
    return site.root_page.translation_key


def _form(request, data=None, **more) -> ReportForm:
    days = settings.REPORT_CONTACT_DAYS
    return ReportForm(data, host=request.get_host(), days=days, **more)


def _show(request, form, status: int = 200, **more):
    context = {"form": form, "bait": BAIT} | _terms() | more
    return render(request, "feedback/report.html", context, status=status)


def _limits() -> dict[int, int]:
    return {rate_limits.HOUR: settings.REPORTS_AN_HOUR, rate_limits.DAY: settings.REPORTS_A_DAY}


def _terms() -> dict:
    return {"answer_days": settings.REPORT_ANSWER_DAYS}
