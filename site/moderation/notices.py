"""Messages to exactly the people who can act, written in the transaction of what happened.

Rows only: the worker sends the letters. Nothing here can stop a decision by being slow.
"""

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from moderation import audience, proposals
from moderation.mailtimes import first_try
from moderation.models.notices import Notice
from moderation.models.proposals import Proposal
from moderation.models.queue import QueueItem
from moderation.models.record import RecordEntry
from moderation.models.rules import Level
from moderation.models.urgency import Urgency

Kind = Notice.Kind
# What a message about a waiting item is called in its key, before the id of its task state.
ABOUT_WAITING = ("waiting", "urgent", "remind", "escalate")


def tell(users, kind, key: str, title: str, text: str = "", url: str = "") -> int:
    """Write one message to each of `users` (a queryset), at most once for each key.

    Nobody who is deactivated and no superuser is told. Returns for how many people it was written.
    """
    now = timezone.now()
    told = users.filter(is_active=True, is_superuser=False)
    rows = told.values_list("pk", "email", "mail_choice__rhythm").distinct()
    notices = [
        Notice(
            user_id=person,
            kind=kind,
            key=key,
            title=title[:255],
            text=text,
            url=url,
            mail_due_at=first_try(email, rhythm, now),
        )
        for person, email, rhythm in rows
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def close(keys) -> None:
    """What these messages ask for is done: they count as read, and no letter follows."""
    keys = list(keys)
    Notice.objects.filter(key__in=keys, read_at=None).update(read_at=timezone.now())
    Notice.objects.filter(key__in=keys, mailed_at=None).update(mail_due_at=None)


def close_waiting(task_state_id: int) -> None:
    """Nobody has to decide there any more."""
    close([f"{name}:{task_state_id}" for name in ABOUT_WAITING])


def address(name: str, *args) -> str:
    """The address of a screen, or the inbox where there is no such screen."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("moderation_inbox")


def summary(item) -> str:
    """Whose item it is, at which level, since when."""
    return _("%(level)s · %(school)s · submitted by %(person)s on %(day)s") % {
        "level": Level(item.level).label,
        "school": item.school_title or _("district site"),
        "person": item.submitter or "—",
        "day": timezone.localtime(item.submitted_at).strftime("%Y-%m-%d %H:%M"),
    }


@receiver(post_save, sender=QueueItem)
def somebody_has_to_decide(sender, instance, created, raw=False, **kwargs):
    """A new item in the queue: tell everybody who may decide on it at its level now."""
    if raw or not created:
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = _urgent_title() if instance.urgent else _("Please decide: %(title)s")
        tell(
            audience.deciders(instance),
            Kind.WAITING,
            f"waiting:{instance.pk}",
            title % {"title": instance.title},
            summary(instance),
            address("moderation_decide", instance.pk),
        )


def _urgent_title() -> str:
    return _("Urgent, please decide: %(title)s")


@receiver(post_save, sender=TaskState)
def decided(sender, instance, raw=False, **kwargs):
    """A level that is done asks nobody any more."""
    if not raw and instance.status != TaskState.STATUS_IN_PROGRESS:
        close_waiting(instance.pk)


@receiver(post_delete, sender=TaskState)
def gone(sender, instance, **kwargs):
    """A deleted page takes its questions along."""
    close_waiting(instance.pk)


@receiver(post_save, sender=RecordEntry)
def on_the_record(sender, instance, raw=False, **kwargs):
    """Announce an event, in the language of the installation."""
    announce = EVENTS.get(instance.kind)
    if announce and not raw:
        with translation.override(settings.LANGUAGE_CODE):
            announce(instance)


def _to_writers(entry, ids, kind, title: str, url: str = "") -> None:
    """Each is led where the person may act: to the form, else to what is public."""
    ids = ids - {entry.user_id}
    page = Page.objects.filter(pk=entry.page_id).first()
    edit = ids if url or page is None else audience.may_edit(ids, page)
    form = url or address("wagtailadmin_pages:edit", entry.page_id)
    public = page.get_url_parts()[2] if page and page.live else address("moderation_inbox")
    for people, where in ((edit, form), (ids - edit, public)):
        if people:
            told, title_of = audience.people(people), title % {"title": entry.title}
            tell(told, kind, f"record:{entry.pk}", title_of, entry.opinion, where)


def _to_final_approvers(entry, kind, title: str, url: str) -> None:
    told = audience.final_approvers(entry.district_key)
    tell(told, kind, f"record:{entry.pk}", title % {"title": entry.title}, entry.opinion, url)


def _returned(entry) -> None:
    form = address("wagtailadmin_pages:edit", entry.page_id)
    title = _("Returned to you: %(title)s")
    _to_writers(entry, audience.editors(entry), Kind.RETURNED, title, form)


def _published(entry) -> None:
    _to_writers(entry, audience.writers(entry), Kind.PUBLISHED, _("Published: %(title)s"))
    if entry.urgent:
        ask_for_look(Urgency.objects.filter(workflow_state_id=entry.workflow_state_id).first())


def _scheduled(entry) -> None:
    title = _("Approved, goes public at its time: %(title)s")
    _to_writers(entry, audience.writers(entry), Kind.PUBLISHED, title)


def _unscheduled(entry) -> None:
    if entry.detail.get("failed"):
        title = _("Not public at its time: %(title)s")
        _to_final_approvers(entry, Kind.FAILED, title, address("moderation_schedule"))
        _to_writers(entry, audience.writers(entry), Kind.FAILED, title)
        return
    title = _("Called back before its time: %(title)s")
    _to_writers(entry, audience.writers(entry), Kind.WITHDRAWN, title)


def _withdrawn(entry) -> None:
    _to_writers(entry, audience.writers(entry), Kind.WITHDRAWN, _("Withdrawn: %(title)s"))


def _corrected(entry) -> None:
    title = _("Corrected by a reviewer: %(title)s")
    _to_writers(entry, audience.writers(entry), Kind.CORRECTED, title)


def _urgent(entry) -> None:
    for item in QueueItem.objects.filter(workflow_state_id=entry.workflow_state_id):
        tell(
            audience.deciders(item),
            Kind.WAITING,
            f"urgent:{item.pk}",
            _urgent_title() % {"title": item.title},
            entry.opinion,
            address("moderation_decide", item.pk),
        )


def _looked(entry) -> None:
    close([f"look:{entry.workflow_state_id}", f"look-overdue:{entry.workflow_state_id}"])
    if entry.detail.get("in_order") is False:
        title = _("Public, and found not in order; please withdraw it: %(title)s")
        url = address("moderation_withdraw", entry.page_id)
        _to_final_approvers(entry, Kind.LOOK, title, url)


def ask_for_look(urgency) -> None:
    """An urgent item is public and owes the look of a third person: tell who may look."""
    if urgency is None or urgency.look_due_at is None or urgency.looked_at:
        return
    due = timezone.localtime(urgency.look_due_at).strftime("%Y-%m-%d %H:%M")
    tell(
        audience.lookers(urgency),
        Kind.LOOK,
        f"look:{urgency.workflow_state_id}",
        _("Published as urgent, please look at it: %(title)s") % {"title": urgency.title},
        _("A third person has to look at it until %(time)s.") % {"time": due},
        address("moderation_looks"),
    )


def _change(entry) -> None:
    """A proposed change waits for another person; a decided one for nobody."""
    proposal = Proposal.objects.filter(pk=entry.detail.get("proposal")).first()
    if proposal is None:
        return
    if entry.detail.get("status") == Proposal.Status.PENDING:
        tell(
            proposals.confirmers(proposal),
            Kind.PROPOSAL,
            f"proposal:{proposal.pk}",
            _("Change to confirm: %(title)s") % {"title": proposal.title},
            proposal.reason,
            address("moderation_proposal", proposal.pk),
        )
        return
    close([f"proposal:{proposal.pk}"])
    decided = {
        Proposal.Status.CONFIRMED: _("Your change was confirmed: %(title)s"),
        Proposal.Status.REFUSED: _("Your change was refused: %(title)s"),
    }
    if title := decided.get(entry.detail.get("status")):
        url = address("moderation_proposal", proposal.pk)
        _to_writers(entry, {proposal.proposed_by_id}, Kind.PROPOSAL, title, url)


EVENTS = {
    RecordEntry.Kind.RETURN: _returned,
    RecordEntry.Kind.PUBLICATION: _published,
    RecordEntry.Kind.SCHEDULE: _scheduled,
    RecordEntry.Kind.UNSCHEDULE: _unscheduled,
    RecordEntry.Kind.WITHDRAWAL: _withdrawn,
    RecordEntry.Kind.CORRECTION: _corrected,
    RecordEntry.Kind.URGENT: _urgent,
    RecordEntry.Kind.LOOK: _looked,
    RecordEntry.Kind.CHANGE: _change,
}
