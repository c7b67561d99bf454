"""The screen of the schedule."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision

from accounts.models import User
from audit.models import RecordEntry
from core.publishing.refusals import Refused
from core.tree import below_paths
from notifications.models import JobRun
from publication import permissions, schedule

ROWS = 50
# The scheduler counts as stopped when its last run is older.
STALE_AFTER = timedelta(minutes=15)
FOR_THE_COMMITTEE = _(
    "The schedule is for the section reviewers and final approvers of a district. "
    "The date of a page of your own stands on its edit screen."
)


class ScheduleView(WagtailAdminTemplateMixin, ListView):
    """List what waits for its time, what will come down, what was late or failed, the last run."""

    template_name = "publication/schedule.html"
    page_title = _("Schedule")
    header_icon = "calendar-alt"
    breadcrumbs_items: list[dict[str, Any]] = []
    paginate_by = ROWS
    page_kwarg = "p"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise Refused for everybody outside the committee."""
        self.user = cast("User", request.user)
        if not permissions.may_see_schedule(self.user):
            raise Refused([str(FOR_THE_COMMITTEE)])
        self.paths = permissions.committee_paths(self.user)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Revision]:
        """Return the scheduled revisions of the trees that this person sees."""
        return schedule.scheduled_revisions(self.paths)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of this page of the list, and the other lists, which have no pages."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        run = JobRun.objects.filter(pk=schedule.JOB).first()
        ended_at = run.ended_at if run else None
        return context | {
            "rows": scheduled_rows(context["object_list"], self.user),
            "ending": pages_with_end(self.paths)[:ROWS],
            "late": entries_within(self.paths).filter(detail__has_key="late_minutes")[:ROWS],
            "failed": entries_within(self.paths).filter(
                kind=RecordEntry.Kind.UNSCHEDULE, detail__has_key="failed"
            )[:ROWS],
            "run": run,
            "stale": ended_at is None or timezone.now() - ended_at >= STALE_AFTER,
        }


def scheduled_rows(revisions: Iterable[Revision], user: User) -> list[dict[str, Any]]:
    """Return a row for each scheduled revision; the same few queries however many there are.

    `workflow_state_id` leads to the review report; `approved_by` is who approved it last.
    """
    revisions = list(revisions)
    pages = Page.objects.in_bulk([int(revision.object_id) for revision in revisions])
    schedule_entries = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.SCHEDULE, revision_id__in=[revision.pk for revision in revisions]
    )
    state_ids = {entry.revision_id: entry.workflow_state_id for entry in schedule_entries}
    approvals = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL, workflow_state_id__in=state_ids.values()
    )
    last_approvers = {entry.workflow_state_id: entry.user_name for entry in approvals}
    paths = permissions.final_approval_paths(user)
    return [
        {
            "page": page,
            "at": revision.approved_go_live_at,
            "workflow_state_id": state_ids.get(revision.pk),
            "approved_by": last_approvers.get(state_ids.get(revision.pk), ""),
            "may_call_back": any(page.path.startswith(path) for path in paths),
        }
        for revision in revisions
        if (page := pages.get(int(revision.object_id)))
    ]


def pages_with_end(paths: list[str] | None) -> QuerySet[Page]:
    """Return the live pages below `paths` (None: all) that have an end, soonest first."""
    pages: QuerySet[Page] = Page.objects.live().filter(expire_at__isnull=False)
    if paths is not None:
        pages = pages.filter(below_paths(paths))
    return pages.order_by("expire_at")


def entries_within(paths: list[str] | None) -> QuerySet[RecordEntry]:
    """Return the record's entries of the districts at `paths` (None: all), newest first."""
    entries = RecordEntry.objects.order_by("-pk")
    if paths is None:
        return entries
    district_keys = Page.objects.filter(path__in=paths).values("translation_key")
    return entries.filter(district_key__in=district_keys)
