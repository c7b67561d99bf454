"""The doors by which Wagtail's admin would change what the public sees; all of them are shut.

One table: view name → why it is closed, in words, and where the way goes on. The model guards
(`core.publishing`, `core.guards`) refuse the write whatever this table forgets; here they get
their words onto a page with a way back.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, RestrictedError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_localized_response
from wagtail.models import Collection, CollectionViewRestriction, Page

from core import guards
from core.publishing import listening, touches_public
from moderation import privacy, proposals, rules
from moderation.models import Level

PROPOSE = _("Such a change is proposed by one person and confirmed by another of the committee.")
NOT_IN_USE = _(
    "Translation tools are not used: a page in another language is written and reviewed."
)
SCREENS = _("The admin's interface for programs only reads. Please use the screens.")
DECIDE = _("Decisions are made on the review screen, where the text stands beside the form.")
HELD = _("This is still in use, so it stays. Nothing was deleted.")
DENIED = _("You have no right to do this. Whoever runs the site can tell who has.")
HOME = "wagtailadmin_home"
API = "wagtailadmin_api:"


def always(request, kwargs) -> bool:
    return True


def in_public(request, kwargs) -> bool:
    """Whether the public sees the page in the address, or anything below it."""
    page = _page(kwargs)
    return page is not None and touches_public(page)


def at_the_root(request, kwargs) -> bool:
    """Whether a page would lie beside the home pages."""
    key = kwargs.get("parent_page_id") or kwargs.get("destination_id")
    return Page.objects.filter(pk=key, depth=1).exists()


def out_of_place(request, kwargs) -> bool:
    return in_public(request, kwargs) or at_the_root(request, kwargs)


def with_publication(request, kwargs) -> bool:
    """Whether a copy would be public at once, or mirror a public page."""
    return bool(request.POST.get("publish_copies") or request.POST.get("alias"))


def as_a_mirror(request, kwargs) -> bool:
    """Whether a page would become the mirror of one in another language again."""
    return "localize-restart-translation" in request.POST


def with_a_decision(request, kwargs) -> bool:
    """Whether the edit form carries a decision, as Wagtail's own buttons would post it."""
    return "action-workflow-action" in request.POST


def of_public_pages(request, kwargs) -> bool:
    """Whether a bulk action would publish pages or take them down."""
    return kwargs.get("model_name") == "page" and kwargs.get("action") in {"publish", "unpublish"}


def under_another_lock(request, kwargs) -> bool:
    """Whether moving a collection could change who may read its documents."""
    parent = request.POST.get("parent")
    collection = Collection.objects.filter(pk=kwargs.get("pk"), depth__gt=1).first()
    if not parent or collection is None or str(collection.get_parent().pk) == parent:
        return False
    return CollectionViewRestriction.objects.exists()


def as_reviewer(request, kwargs) -> bool:
    """Whether this person could decide on the page instead."""
    return to_the_decision(request, kwargs) is not None


def back(request, kwargs) -> None:
    return None


def to_proposals(request, kwargs) -> str | None:
    """The list of changes by two people, for those who may read it."""
    return reverse("moderation_proposals") if proposals.in_committee(request.user) else None


def to_the_decision(request, kwargs) -> str | None:
    """The decision screen of the page in the address, if this person is a reviewer there."""
    page = _page(kwargs)
    state = page.current_workflow_task_state if page else None
    level = getattr(state.task.specific, "level", None) if state else None
    if level is None or not rules.is_reviewer(request.user, page, level):
        return None
    return reverse("moderation_decide", args=[state.pk])


def to_the_withdrawal(request, kwargs) -> str | None:
    """The screen on which the final approver withdraws the page in the address."""
    page = _page(kwargs)
    if page is None or not rules.is_reviewer(request.user, page, Level.FINAL):
        return None
    return _address("moderation_withdraw", page.pk)


class Door(NamedTuple):
    """Why a view is closed, under which circumstances, and where the way goes on."""

    reason: str
    closed: Callable = always
    leads_to: Callable = back


TWO = Door(PROPOSE, leads_to=to_proposals)
LANGUAGE = Door(guards.LANGUAGES)
PRIVACY = (Door(privacy.STAYS, privacy.restricted), Door(privacy.NO_PASSWORDS))
# View name (with a colon at its end: every view of that name space) → its door or doors.
DOORS = {
    "wagtailadmin_workflows:": Door(guards.RULES),
    "wagtail_localize:": Door(NOT_IN_USE),
    "wagtailadmin_api:pages:action": Door(SCREENS),
    "wagtailadmin_pages:add": Door(
        _("A home page is made when its district is set up, not here."), at_the_root
    ),
    "wagtailadmin_pages:edit": (
        Door(NOT_IN_USE, as_a_mirror),
        Door(DECIDE, with_a_decision, to_the_decision),
    ),
    "wagtailadmin_pages:unpublish": Door(guards.WITHDRAW, leads_to=to_the_withdrawal),
    "wagtailadmin_pages:delete": Door(guards.WITHDRAW, in_public),
    "wagtailadmin_pages:move": Door(guards.STAYS, in_public),
    "wagtailadmin_pages:move_confirm": Door(guards.STAYS, out_of_place),
    "wagtailadmin_pages:copy": Door(
        _("A copy is a draft like any other and goes through review."), with_publication
    ),
    "wagtailadmin_pages:convert_alias": Door(
        _("A page has one address; aliases are not used here.")
    ),
    "wagtailadmin_pages:set_page_position": Door(
        _("Lists are in order of date or name; pages are not put in order by hand.")
    ),
    "wagtailadmin_pages:revisions_unschedule": Door(
        _("Only the final approver calls back what was approved for a later day.")
    ),
    "wagtailadmin_pages:workflow_action": Door(DECIDE, leads_to=to_the_decision),
    "wagtailadmin_pages:collect_workflow_action_data": Door(DECIDE, leads_to=to_the_decision),
    "wagtailadmin_pages:confirm_workflow_cancellation": Door(DECIDE, as_reviewer, to_the_decision),
    "wagtail_bulk_action": Door(
        _("Pages become public, and come down, one at a time and through review."), of_public_pages
    ),
    **dict.fromkeys(privacy.VIEWS, PRIVACY),
    "wagtailadmin_collections:edit": Door(
        _("While a collection asks for a password, collections stay where they are."),
        under_another_lock,
    ),
    **dict.fromkeys((f"wagtailsites:{view}" for view in ("add", "edit", "delete", "copy")), TWO),
    **dict.fromkeys((f"wagtailredirects:{view}" for view in ("add", "edit", "delete")), TWO),
    "wagtailredirects:start_import": TWO,
    "wagtailredirects:process_import": TWO,
    **dict.fromkeys(
        (f"wagtaillocales:{view}" for view in ("add", "edit", "delete", "copy")), LANGUAGE
    ),
}
# What Wagtail opens in a dialog.
DIALOGS = {
    *privacy.VIEWS,
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
}
# What stays open of a closed name space: words for scripts, and a list of what there is.
OPEN = {
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
}


def doors_of(name: str) -> tuple[Door, ...]:
    """The doors of a view; most have none."""
    if name in OPEN:
        return ()
    found = DOORS.get(name) or DOORS.get(name.split(":")[0] + ":") or ()
    return (found,) if isinstance(found, Door) else found


class ShutDoors:
    """Answers a closed view, and every write that a guard refuses, with the reason in words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with listening() as heard:
            response = self.get_response(request)
        if heard and _says_no_more_than_denied(request, response):
            _forget_the_last_message(request)
            return _localized(request, heard[-1])
        if response.status_code == 403 and _in_admin(request) and not _has_text(response):
            return _localized(request, heard[-1] if heard else HELD)
        return response

    def process_view(self, request, view, args, kwargs):
        """Let pass, or refuse with the reason of the view's door."""
        doors = doors_of(request.resolver_match.view_name or "")
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
            html = render_to_string("moderation/refused.html", {"reason": reason}, request)
            return JsonResponse({"step": "refused", "html": html, "error_message": reason})
        return JsonResponse({"success": False, "error_message": reason}, status=403)
    messages.error(request, reason)
    return redirect(leads_to or way_back(request))


def way_back(request) -> str:
    """The page of the admin from which this address was called, else the first screen."""
    referer = request.headers.get("referer", "")
    own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    here = request.build_absolute_uri(request.path)
    return referer if own and referer.split("?")[0] != here else reverse(HOME)


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


def _page(kwargs):
    key = kwargs.get("page_id") or kwargs.get("page_to_move_id")
    page = Page.objects.filter(pk=key).first()
    return page.specific if page else None


def _address(name: str, *args) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
