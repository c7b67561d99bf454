"""The inbox: a person's own messages, and how often that person is e-mailed."""

from datetime import timedelta
from typing import Any, cast

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from notifications.email_schedule import reschedule_emails
from notifications.forms import EmailPreferenceForm, InboxFilter
from notifications.models import EmailPreference, JobRun, Notice
from notifications.notices import mark_read
from notifications.worker import JOBS

# The worker counts as stopped when no job has begun for so long.
STOPPED_AFTER = timedelta(minutes=10)


class InboxView(WagtailAdminTemplateMixin, ListView):
    """List the person's messages; a POST marks all as read or changes the e-mail preference."""

    template_name = "notifications/inbox.html"
    page_title = _("Messages")
    header_icon = "mail"
    breadcrumbs_items: list[dict[str, Any]] = []
    paginate_by = 25
    page_kwarg = "p"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Remember who asks; the admin lets nobody in who is not logged in."""
        super().setup(request, *args, **kwargs)
        self.user = cast("User", request.user)

    @cached_property
    def own_notices(self) -> QuerySet[Notice]:
        """All messages of the person."""
        return Notice.objects.filter(user_id=self.user.pk)

    @cached_property
    def filter_form(self) -> InboxFilter:
        """The filter that the query string sets."""
        return InboxFilter(self.request.GET, entries=self.own_notices, index=None)

    @cached_property
    def preference_form(self) -> EmailPreferenceForm:
        """The form of the e-mail preference, with what was posted if it was posted."""
        preference = EmailPreference.objects.filter(user_id=self.user.pk).first()
        instance = preference or EmailPreference(user_id=self.user.pk)
        return EmailPreferenceForm(self.request.POST or None, instance=instance)

    def get_queryset(self) -> QuerySet[Notice]:
        """Return the messages that match the filter, newest first."""
        notices: QuerySet[Notice] = self.filter_form.filter_entries(self.own_notices)
        return notices

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the forms, the counts and, for superusers, the state of the worker."""
        counts = self.own_notices.aggregate(
            all=Count("pk"), unread=Count("pk", filter=Q(read_at=None))
        )
        return super().get_context_data(
            form=self.filter_form,
            preference_form=self.preference_form,
            counts=counts,
            worker=worker_status() if self.user.is_superuser else None,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark all messages as read (`action=read`), or save the e-mail preference."""
        if request.POST.get("action") == "read":
            mark_read(self.own_notices)
            return redirect("notifications_inbox")
        if not self.preference_form.is_valid():
            return self.get(request, *args, **kwargs)
        reschedule_emails(self.preference_form.save())
        messages.success(request, _("This is how you are written to from now on."))
        return redirect("notifications_inbox")


def open_notice_view(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a message of the person's own as read and lead to what it is about."""
    notice = get_object_or_404(Notice, pk=notice_id, user_id=request.user.pk)
    mark_read(Notice.objects.filter(pk=notice.pk))
    if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notifications_inbox")


def worker_status() -> dict[str, Any]:
    """Return how the worker does: `jobs` (label, last run), `stopped`, `lost` (e-mails).

    `lost` has the number of e-mails that are not tried any more, and one of their errors.
    """
    runs = {run.pk: run for run in JobRun.objects.all()}
    beginnings = [run.began_at for run in runs.values() if run.began_at]
    lost = Notice.objects.filter(mailed_at=None, mail_due_at=None).exclude(mail_error="")
    return {
        "jobs": [(job.label, runs.get(job.name)) for job in JOBS],
        "stopped": not beginnings or max(beginnings) < timezone.now() - STOPPED_AFTER,
        "lost": lost.aggregate(number=Count("pk"), error=Max("mail_error")),
    }
