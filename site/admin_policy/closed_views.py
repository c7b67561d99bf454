"""Which of Wagtail's own views are closed, and what they answer.

One table: view name → why it is closed, under which circumstances, and where the way goes on.
The model guards refuse the write whatever this table forgets.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, CollectionViewRestriction, Page

from admin_policy import privacy
from change_requests import domain
from core.publishing import model_guards
from core.publishing.write_guard import is_live_or_has_live_descendants
from core.tree import below_root
from roles import reviewers
from roles.models import Level

PROPOSE = _("Such a change is proposed by one person and confirmed by another of the committee.")
NOT_IN_USE = _(
    "Translation tools are not used: a page in another language is written and reviewed."
)
SCREENS = _("The admin's interface for programs only reads. Please use the screens.")
DECIDE = _("Decisions are made on the review screen, where the text stands beside the form.")


def always(request, kwargs) -> bool:
    return True


def in_public(request, kwargs) -> bool:
    """Whether the public sees the page in the address, or anything below it."""
    page = _page(kwargs)
    return page is not None and is_live_or_has_live_descendants(page)


def at_the_root(request, kwargs) -> bool:
    """Whether a page would lie beside the home pages."""
    key = kwargs.get("parent_page_id") or kwargs.get("destination_id")
    return Page.objects.filter(pk=key).exclude(below_root()).exists()


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
    return reverse("change_requests_list") if domain.in_committee(request.user) else None


def to_the_decision(request, kwargs) -> str | None:
    """The decision screen of the page in the address, if this person is a reviewer there."""
    page = _page(kwargs)
    state = page.current_workflow_task_state if page else None
    level = getattr(state.task.specific, "level", None) if state else None
    if level is None or not reviewers.is_reviewer(request.user, page, level):
        return None
    return reverse("review_decide", args=[state.pk])


def to_the_withdrawal(request, kwargs) -> str | None:
    """The screen on which the final approver withdraws the page in the address."""
    page = _page(kwargs)
    if page is None or not reviewers.is_reviewer(request.user, page, Level.FINAL):
        return None
    return _address("publication_withdraw", page.pk)


class ClosedView(NamedTuple):
    """Why a view is closed, under which circumstances, and where the way goes on."""

    reason: str
    closed: Callable = always
    leads_to: Callable = back


TWO = ClosedView(PROPOSE, leads_to=to_proposals)
LANGUAGE = ClosedView(model_guards.LANGUAGES_FIXED)
PRIVACY = (ClosedView(privacy.STAYS, privacy.restricted), ClosedView(privacy.NO_PASSWORDS))
# View name (with a colon at its end: every view of that name space) → why it is closed.
CLOSED_VIEWS = {
    "wagtailadmin_workflows:": ClosedView(model_guards.WORKFLOWS_FIXED),
    "wagtail_localize:": ClosedView(NOT_IN_USE),
    "wagtailadmin_api:pages:action": ClosedView(SCREENS),
    "wagtailadmin_pages:add": ClosedView(
        _("A home page is made when its district is set up, not here."), at_the_root
    ),
    "wagtailadmin_pages:edit": (
        ClosedView(NOT_IN_USE, as_a_mirror),
        ClosedView(DECIDE, with_a_decision, to_the_decision),
    ),
    "wagtailadmin_pages:unpublish": ClosedView(
        model_guards.WITHDRAWAL_ONLY, leads_to=to_the_withdrawal
    ),
    "wagtailadmin_pages:delete": ClosedView(model_guards.WITHDRAWAL_ONLY, in_public),
    "wagtailadmin_pages:move": ClosedView(model_guards.ADDRESS_FIXED, in_public),
    "wagtailadmin_pages:move_confirm": ClosedView(model_guards.ADDRESS_FIXED, out_of_place),
    "wagtailadmin_pages:copy": ClosedView(
        _("A copy is a draft like any other and goes through review."), with_publication
    ),
    "wagtailadmin_pages:convert_alias": ClosedView(
        _("A page has one address; aliases are not used here.")
    ),
    "wagtailadmin_pages:set_page_position": ClosedView(
        _("Lists are in order of date or name; pages are not put in order by hand.")
    ),
    "wagtailadmin_pages:revisions_unschedule": ClosedView(
        _("Only the final approver calls back what was approved for a later day.")
    ),
    "wagtailadmin_pages:workflow_action": ClosedView(DECIDE, leads_to=to_the_decision),
    "wagtailadmin_pages:collect_workflow_action_data": ClosedView(DECIDE, leads_to=to_the_decision),
    "wagtailadmin_pages:confirm_workflow_cancellation": ClosedView(
        DECIDE, as_reviewer, to_the_decision
    ),
    "wagtail_bulk_action": ClosedView(
        _("Pages become public, and come down, one at a time and through review."), of_public_pages
    ),
    **dict.fromkeys(privacy.VIEWS, PRIVACY),
    "wagtailadmin_collections:edit": ClosedView(
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
# What stays open of a closed name space: words for scripts, and a list of what there is.
OPEN = {
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
}


def closures_of(name: str) -> tuple[ClosedView, ...]:
    """Return how a view is closed; most are not."""
    if name in OPEN:
        return ()
    found = CLOSED_VIEWS.get(name) or CLOSED_VIEWS.get(name.split(":")[0] + ":") or ()
    return (found,) if isinstance(found, ClosedView) else found


def _page(kwargs):
    key = kwargs.get("page_id") or kwargs.get("page_to_move_id")
    page = Page.objects.filter(pk=key).first()
    return page.specific if page else None


def _address(name: str, *args) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
