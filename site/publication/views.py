"""Screens of what comes down and what waits for its time."""

from datetime import timedelta

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from audit.models import RecordEntry
from core.listing import paginate
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.tree import below_paths
from notifications.models import JobRun
from publication import schedule, withdrawal
from roles import reviewers
from roles.models import Level
from roles.role_queries import levels_held_by

ROWS = 50
STALE = timedelta(minutes=15)
FOR_THE_COMMITTEE = _(
    "The schedule is for the section reviewers and final approvers of a district. "
    "The date of a page of your own stands on its edit screen."
)
COMMITTEE = {str(Level.SECTION), str(Level.FINAL)}


class TakedownReasonForm(forms.Form):
    """Why something public, or about to be public, is taken back."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes on the record; the editor reads it."),
    )


def withdraw_view(request, page_id: int):
    """Name all pages that will come down, ask for the reason, take them down."""
    page = get_object_or_404(Page, pk=page_id).specific
    reasons = withdrawal.withdrawal_errors(page, request.user)
    if not reviewers.is_reviewer(request.user, page, Level.FINAL):
        turn_away(request, reasons)
    form = TakedownReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pages = withdrawal.withdraw(page, request.user, form.cleaned_data["reason"])
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = ngettext(
                "%(number)d page is withdrawn.", "%(number)d pages are withdrawn.", len(pages)
            )
            messages.success(request, done % {"number": len(pages)})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    pages = withdrawal.pages_to_withdraw(page) if not reasons else []
    context = {"page": page, "pages": pages, "form": form, "reasons": reasons}
    return render(request, "publication/withdraw.html", context)


def call_back_view(request, page_id: int):
    """Ask for the reason and call a scheduled version back."""
    page = get_object_or_404(Page, pk=page_id).specific
    reasons = schedule.call_back_errors(page, request.user)
    if not reviewers.is_reviewer(request.user, page, Level.FINAL):
        turn_away(request, reasons)
    form = TakedownReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            schedule.call_back(page, request.user, form.cleaned_data["reason"])
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = _("“%(title)s” is called back and can be edited again.")
            messages.success(request, done % {"title": page.get_admin_display_title()})
            return redirect("publication_schedule")
    revision = page.scheduled_revision
    context = {"page": page, "revision": revision, "form": form, "reasons": reasons}
    return render(request, "publication/call_back.html", context)


def turn_away(request, reasons):
    """Raises Refused with the reasons; a reason that was typed is kept in a message."""
    show_unsaved_text(request, request.POST.get("reason", ""))
    raise Refused(reasons)


def committee_paths(user) -> list[str] | None:
    """Where `user` reviews for the committee; None (everywhere) for superusers."""
    if user.is_superuser:
        return None
    return [path for level, path in levels_held_by(user) if level in COMMITTEE]


def decides_finally(user) -> bool:
    """Whether `user` decides at the last level anywhere."""
    return any(level == Level.FINAL for level, _path in levels_held_by(user))


def schedule_view(request):
    """What waits for its time, what will come down, what was late or failed, and the last run."""
    paths = committee_paths(request.user)
    if paths == []:
        raise Refused([FOR_THE_COMMITTEE])
    page_obj = paginate(schedule.scheduled_within(paths), request.GET.get("page"), ROWS)
    run = JobRun.objects.filter(pk=schedule.JOB).first()
    fresh = run is not None and run.ended_at and timezone.now() - run.ended_at < STALE
    context = {
        "page_obj": page_obj,
        "rows": scheduled_rows(page_obj.object_list, request.user),
        "ending": _inside(
            Page.objects.live().filter(expire_at__isnull=False), paths, "path"
        ).order_by("expire_at")[:ROWS],
        "late": _entries(paths, detail__has_key="late_minutes"),
        "failed": _entries(paths, kind=RecordEntry.Kind.UNSCHEDULE, detail__has_key="failed"),
        "run": run,
        "stale": not fresh,
    }
    return render(request, "publication/schedule.html", context)


def scheduled_rows(revisions, user) -> list[dict]:
    """Each scheduled revision with its page, and who approved it last; the same few queries."""
    revisions = list(revisions)
    pages = Page.objects.in_bulk([int(revision.object_id) for revision in revisions])
    entries = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.SCHEDULE, revision_id__in=[revision.pk for revision in revisions]
    )
    states = {entry.revision_id: entry.workflow_state_id for entry in entries}
    approved = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL, workflow_state_id__in=states.values()
    )
    last = {entry.workflow_state_id: entry.user_name for entry in approved}
    final = [path for level, path in levels_held_by(user) if level == Level.FINAL]
    return [
        {
            "page": page,
            "at": revision.approved_go_live_at,
            "sheet": states.get(revision.pk),
            "approved_by": last.get(states.get(revision.pk), ""),
            "may_call_back": any(page.path.startswith(path) for path in final),
        }
        for revision in revisions
        if (page := pages.get(int(revision.object_id)))
    ]


def _inside(found, paths, field):
    if paths is None:
        return found
    return found.filter(below_paths(paths, field))


def _entries(paths, **wanted):
    entries = RecordEntry.objects.filter(**wanted)
    if paths is not None:
        keys = Page.objects.filter(path__in=paths).values("translation_key")
        entries = entries.filter(district_key__in=keys)
    return entries.order_by("-pk")[:ROWS]
