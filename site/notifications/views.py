"""The inbox: what happened that concerns me, and how often I am written to."""

from datetime import timedelta

from django import forms
from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.listing import ListingForm, paginate
from notifications.email_schedule import first_delivery
from notifications.models import EmailPreference, JobRun, Notice
from notifications.worker import JOBS

PAGE_SIZE = 25
STANDS_AFTER = timedelta(minutes=10)


class InboxFilter(ListingForm):
    """The query string of the inbox."""

    unread = forms.BooleanField(label=gettext_lazy("unread only"))
    kind = forms.ChoiceField(
        label=gettext_lazy("about"),
        choices=[("", gettext_lazy("everything")), *Notice.Kind.choices],
    )
    lookups = {"q": "title__icontains", "kind": "kind"}

    def filter_entries(self, entries):
        """Narrow the messages."""
        entries = super().filter_entries(entries)
        return entries.filter(read_at=None) if self.chosen_values().get("unread") else entries

    @property
    def is_narrowed(self) -> bool:
        """An empty tick box is a valid value, but narrows nothing."""
        return any(self.chosen_values().values())

    def query_string(self) -> str:
        """Without the tick box when it is empty."""
        return super().query_string().replace("unread=None", "").strip("&").replace("&&", "&")


class EmailPreferenceForm(forms.ModelForm):
    """How often somebody is written to."""

    class Meta:
        model = EmailPreference
        fields = ["frequency"]
        widgets = {"frequency": forms.RadioSelect}


def inbox_view(request):
    """List my messages; a POST marks all as read or changes how often I am written to."""
    choice = EmailPreference.objects.filter(user=request.user).first() or EmailPreference(
        user=request.user
    )
    letters = EmailPreferenceForm(instance=choice)
    if request.method == "POST" and request.POST.get("action") == "read":
        _read(Notice.objects.filter(user=request.user))
        return redirect("notifications_inbox")
    if request.method == "POST":
        letters = EmailPreferenceForm(request.POST, instance=choice)
        if letters.is_valid():
            _choose(letters.save())
            messages.success(request, _("This is how you are written to from now on."))
            return redirect("notifications_inbox")
    mine = Notice.objects.filter(user=request.user)
    form = InboxFilter(request.GET, entries=mine, index=None)
    context = {
        "page_title": _("Messages"),
        "header_icon": "mail",
        "form": form,
        "letters": letters,
        "notices": paginate(form.filter_entries(mine), request.GET.get("p"), PAGE_SIZE),
        "counts": mine.aggregate(all=Count("pk"), unread=Count("pk", filter=Q(read_at=None))),
        "worker": _worker() if request.user.is_superuser else None,
    }
    return render(request, "notifications/inbox.html", context)


def _worker() -> dict:
    """How the worker fares, for the administrator: each job, and the letters that never went."""
    runs = {run.pk: run for run in JobRun.objects.all()}
    begun = [run.began_at for run in runs.values() if run.began_at]
    lost = Notice.objects.filter(mailed_at=None, mail_due_at=None).exclude(mail_error="")
    return {
        "jobs": [(job.label, runs.get(job.name)) for job in JOBS],
        "stands": not begun or max(begun) < timezone.now() - STANDS_AFTER,
        "lost": lost.aggregate(number=Count("pk"), error=Max("mail_error")),
    }


def open_notice_view(request, notice_id: int):
    """Mark a message of mine as read and lead to what it is about."""
    notice = get_object_or_404(Notice, pk=notice_id, user=request.user)
    _read(Notice.objects.filter(pk=notice.pk))
    if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notifications_inbox")


def _read(notices) -> None:
    """What was read here needs no letter any more."""
    notices.filter(read_at=None).update(read_at=timezone.now())
    notices.filter(mailed_at=None).update(mail_due_at=None)


def _choose(choice: EmailPreference) -> None:
    """The new frequency counts for letters that have not gone out yet, too."""
    due = first_delivery(choice.user.email, choice.frequency, timezone.now())
    waiting = Notice.objects.filter(user=choice.user, mailed_at=None)
    waiting.exclude(mail_due_at=None).update(mail_due_at=due)
