"""Which of Wagtail's own views are closed, and what they answer.

One table: view name → why it is closed, under which conditions, and where the request leads
instead. A view that this table forgets is still stopped at the write, by the model guards.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admin_policy import conditions
from admin_policy.conditions import Kwargs
from change_requests.permissions import may_list_change_requests
from core.publishing import model_guards
from roles import reviewers
from roles.models import Level

TWO_PEOPLE = _("Such a change is proposed by one person and confirmed by another of the committee.")
NO_TRANSLATION_TOOLS = _(
    "Translation tools are not used: a page in another language is written and reviewed."
)
READ_ONLY_API = _("The admin's interface for programs only reads. Please use the screens.")
DECISION_VIEW = _("Decisions are made on the review screen, where the text stands beside the form.")
NO_PASSWORDS = _(
    "Pages and files of this site have no passwords. Withdraw what must not be public."
)
RESTRICTION_STAYS = _(
    "A restriction is not removed here, for that would make pages public without review."
)
PRIVACY_VIEWS = ("wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy")


def nowhere(request: HttpRequest, kwargs: Kwargs) -> str | None:
    """Return None: the request leads back to where it came from."""
    return None


def change_requests_url(request: HttpRequest, kwargs: Kwargs) -> str | None:
    """Return the list of changes by two people, for those who may read it."""
    return reverse("change_requests_list") if may_list_change_requests(request.user) else None


def decision_url(request: HttpRequest, kwargs: Kwargs) -> str | None:
    """Return the decision view of the page in the address, for its reviewers."""
    state = conditions.task_state_to_decide(request, kwargs)
    return reverse("review_decide", args=[state.pk]) if state else None


def withdrawal_url(request: HttpRequest, kwargs: Kwargs) -> str | None:
    """Return the view that withdraws the page in the address, for the final approver."""
    page = conditions.page_in(kwargs)
    if page is None or not reviewers.is_reviewer(request.user, page, Level.FINAL):
        return None
    return reverse("publication_withdraw", args=[page.pk])


@dataclass(frozen=True)
class ClosedView:
    """Why a view is closed, under which conditions, and where the request leads instead."""

    reason: str | Promise
    applies: Callable[[HttpRequest, Kwargs], bool] = conditions.always
    leads_to: Callable[[HttpRequest, Kwargs], str | None] = nowhere


BY_CHANGE_REQUEST = (ClosedView(TWO_PEOPLE, leads_to=change_requests_url),)
# Wagtail's own approve and reject buttons decide nothing; they lead to the decision view.
BY_DECISION = (ClosedView(DECISION_VIEW, leads_to=decision_url),)
LANGUAGES_STAY = (ClosedView(model_guards.LANGUAGES_FIXED),)
PRIVACY = (ClosedView(RESTRICTION_STAYS, conditions.is_restricted), ClosedView(NO_PASSWORDS))
# View name, or a name space with its colon → the ways in which it is closed, the first one wins.
CLOSED_VIEWS: dict[str, tuple[ClosedView, ...]] = {
    "wagtailadmin_workflows:": (ClosedView(model_guards.WORKFLOWS_FIXED),),
    "wagtail_localize:": (ClosedView(NO_TRANSLATION_TOOLS),),
    "wagtailadmin_api:pages:action": (ClosedView(READ_ONLY_API),),
    "wagtailadmin_pages:add": (
        ClosedView(
            _("A home page is made when its district is set up, not here."),
            conditions.goes_below_the_root,
        ),
    ),
    "wagtailadmin_pages:edit": (
        ClosedView(NO_TRANSLATION_TOOLS, conditions.restarts_a_translation),
        ClosedView(DECISION_VIEW, conditions.posts_a_workflow_action, decision_url),
    ),
    "wagtailadmin_pages:unpublish": (
        ClosedView(model_guards.WITHDRAWAL_ONLY, leads_to=withdrawal_url),
    ),
    "wagtailadmin_pages:delete": (
        ClosedView(model_guards.WITHDRAWAL_ONLY, conditions.touches_public_page),
    ),
    "wagtailadmin_pages:move": (
        ClosedView(model_guards.ADDRESS_FIXED, conditions.touches_public_page),
    ),
    "wagtailadmin_pages:move_confirm": (
        ClosedView(model_guards.ADDRESS_FIXED, conditions.moves_public_page_or_below_the_root),
    ),
    "wagtailadmin_pages:copy": (
        ClosedView(
            _("A copy is a draft like any other and goes through review."),
            conditions.publishes_or_aliases_the_copy,
        ),
    ),
    "wagtailadmin_pages:convert_alias": (
        ClosedView(_("A page has one address; aliases are not used here.")),
    ),
    "wagtailadmin_pages:set_page_position": (
        ClosedView(_("Lists are in order of date or name; pages are not put in order by hand.")),
    ),
    "wagtailadmin_pages:revisions_unschedule": (
        ClosedView(_("Only the final approver calls back what was approved for a later day.")),
    ),
    "wagtailadmin_pages:workflow_action": BY_DECISION,
    "wagtailadmin_pages:collect_workflow_action_data": BY_DECISION,
    "wagtailadmin_pages:confirm_workflow_cancellation": (
        ClosedView(DECISION_VIEW, conditions.may_decide_instead, decision_url),
    ),
    "wagtail_bulk_action": (
        ClosedView(
            _("Pages become public, and come down, one at a time and through review."),
            conditions.publishes_or_unpublishes_pages,
        ),
    ),
    **dict.fromkeys(PRIVACY_VIEWS, PRIVACY),
    "wagtailadmin_collections:edit": (
        ClosedView(
            _("While a collection asks for a password, collections stay where they are."),
            conditions.may_change_view_restrictions,
        ),
    ),
    **{f"wagtailsites:{view}": BY_CHANGE_REQUEST for view in ("add", "edit", "delete", "copy")},
    **{f"wagtailredirects:{view}": BY_CHANGE_REQUEST for view in ("add", "edit", "delete")},
    "wagtailredirects:start_import": BY_CHANGE_REQUEST,
    "wagtailredirects:process_import": BY_CHANGE_REQUEST,
    **{f"wagtaillocales:{view}": LANGUAGES_STAY for view in ("add", "edit", "delete", "copy")},
}
# What stays open of a closed name space: messages for scripts, and a list that only reads.
OPEN_VIEWS = {
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
}


def closures_of(view_name: str) -> tuple[ClosedView, ...]:
    """Return the ways in which a view is closed; most views are open."""
    if view_name in OPEN_VIEWS:
        return ()
    namespace = view_name.partition(":")[0] + ":"
    return CLOSED_VIEWS.get(view_name) or CLOSED_VIEWS.get(namespace) or ()
