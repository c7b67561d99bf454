"""The queue: what waits for whom. Kept in step with Wagtail's states; can be rebuilt from them."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from audit import record
from audit.models import RecordEntry
from core.media import file_locks
from core.tree import below_paths
from core.workdays import after_working_days
from review import notices
from review.models.queue import ExcludedReviewer, QueueItem, ReadReceipt
from roles.models import Level
from roles.review_settings import review_settings_of
from roles.role_queries import cached_per_request, levels_held_by
from roles.scopes import district_key_of
from schools.models import school_of

# Items between two words about the progress of a rebuild.
PROGRESS = 100
BEGINNINGS = [RecordEntry.Kind.SUBMISSION, RecordEntry.Kind.CORRECTION]


def enter(task_state, level: str, case, user=None) -> QueueItem:
    """Put an item into the queue of `level`; its first level also records the submission."""
    _record_submission(case, user)
    workflow_state, page = case.workflow_state, case.text
    QueueItem.objects.filter(workflow_state=workflow_state).delete()
    school = school_of(page)
    practice = review_settings_of(district_key_of(page))
    since = task_state.started_at or timezone.now()
    item = QueueItem.objects.create(
        task_state_id=task_state.pk,
        workflow_state=workflow_state,
        page_id=page.pk,
        page_path=page.path,
        district_key=practice.district_key,
        title=page.title,
        kind=ContentType.objects.get_for_model(page.specific_class),
        school_id=school.pk if school else None,
        school_title=school.title if school else "",
        township=school.township if school else "",
        level=level,
        digest=case.digest,
        submitter=str(workflow_state.requested_by or ""),
        submitted_at=_submitted_at(workflow_state),
        since=since,
        remind_at=after_working_days(since, practice.remind_after, practice.days_off),
        escalate_at=after_working_days(since, practice.escalate_after, practice.days_off),
        urgent=case.urgent,
        blocks=sum(finding.severity == "block" for finding in case.findings),
        warnings=sum(finding.severity == "warn" for finding in case.findings),
    )
    ExcludedReviewer.objects.bulk_create(
        ExcludedReviewer(item=item, user_id=person) for person in case.barred()
    )
    file_locks.lock_files(page.pk, page)
    notices.item_waiting(item)
    return item


def _record_submission(case, user) -> None:
    entries = RecordEntry.objects.filter(workflow_state_id=case.workflow_state.pk)
    returned = entries.filter(kind=RecordEntry.Kind.RETURN).last()
    since = entries.filter(kind__in=BEGINNINGS, pk__gt=returned.pk if returned else 0)
    if not since.exists():
        record.append(
            RecordEntry.Kind.SUBMISSION,
            case.page,
            case.revision,
            user=user or case.workflow_state.requested_by,
            workflow_state_id=case.workflow_state.pk,
            levels=case.levels,
            urgent=case.urgent,
        )


def _submitted_at(workflow_state):
    entries = RecordEntry.objects.filter(
        workflow_state_id=workflow_state.pk, kind=RecordEntry.Kind.SUBMISSION
    )
    last = entries.last()
    return last.at if last else workflow_state.created_at


def leave(task_state) -> None:
    """Take an item out of the queue once its level is done."""
    QueueItem.objects.filter(pk=task_state.pk).delete()


def waiting_for(user):
    """The items on which `user` may decide now, oldest submission first."""
    barred = ExcludedReviewer.objects.filter(user=user).values("item")
    return items_at_levels_of(user).exclude(pk__in=barred).order_by("submitted_at", "pk")


def items_at_levels_of(user):
    """The items that wait at a level which `user` holds, by ancestry of their pages."""
    return QueueItem.objects.filter(_scope(levels_held_by(user)))


def items_in_scopes_of(user):
    """The items waiting at any level within the places where `user` holds some level."""
    return QueueItem.objects.filter(_scope({(None, path) for _level, path in levels_held_by(user)}))


def waiting_count(user) -> int:
    """How many items wait for `user`; remembered like `my_levels`."""
    return cached_per_request(user, "_review_count", lambda user: waiting_for(user).count())


def _scope(levels) -> Q:
    # By level, so that whoever holds one is served by the index in the order of the list.
    places: dict = {}
    for level, path in levels:
        places.setdefault(level, []).append(path)
    inside = Q()
    for level, paths in places.items():
        here = below_paths(paths, "page_path")
        inside |= here & Q(level=level) if level else here
    return inside if places else Q(pk__in=[])


def record_read(user, item: QueueItem) -> None:
    """Note that `user` has opened this very text."""
    ReadReceipt.objects.get_or_create(user=user, page_id=item.page_id, digest=item.digest)


@transaction.atomic
def rebuild(say=None) -> int:
    """Make the queue anew from Wagtail's states; returns how many items wait.

    `say(done, total)` is called now and then, and at the end.
    """
    from review.domain.gate import Submission

    QueueItem.objects.all().delete()
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).select_related("workflow_state", "task")
    number, total = 0, states.count()
    for done, task_state in enumerate(states.iterator(), start=1):
        level = getattr(task_state.task.specific, "level", None)
        page = task_state.workflow_state.content_object
        if level in Level.values and page is not None:
            enter(task_state, level, Submission(page.specific, task_state.workflow_state))
            number += 1
        if say and (done % PROGRESS == 0 or done == total):
            say(done, total)
    return number


def update_school_of_items(school) -> None:
    """Write a school's public name and township into the queue's rows about it."""
    rows = QueueItem.objects.filter(school_id=school.pk)
    rows.update(school_title=school.title, township=school.township)
