"""The queue: the rows of what waits for whom. Nothing here decides, records or notifies.

Kept in step with Wagtail's states by `review.domain.submissions`, which can also rebuild it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from accounts.models import User
from audit.models import RecordEntry
from core.tree import below_paths
from core.workdays import after_working_days
from review.domain import pool
from review.domain.gate import Submission
from review.models.queue import ExcludedReviewer, QueueItem, ReadReceipt
from roles.models import DECIDING_ROLE, Level
from roles.review_settings import review_settings_of
from roles.role_queries import (
    cached_per_request,
    levels_held_by,
    pool_paths_held_by,
    role_assignments,
)
from roles.scopes import district_key_of
from schools.models import SchoolPage, school_of


def add_item(task_state: TaskState, level: str, submission: Submission) -> QueueItem:
    """Put `submission` into the queue of `level`, with those who are excluded from deciding."""
    workflow_state, page = submission.workflow_state, submission.text
    excluded_ids = submission.excluded_ids()
    QueueItem.objects.filter(workflow_state=workflow_state).delete()
    school = school_of(page)
    review_settings = review_settings_of(district_key_of(page))
    since = task_state.started_at or timezone.now()
    days_off = review_settings.days_off
    item = QueueItem.objects.create(
        task_state_id=task_state.pk,
        workflow_state=workflow_state,
        page_id=page.pk,
        page_path=page.path,
        district_key=review_settings.district_key,
        title=page.title,
        kind=ContentType.objects.get_for_model(page.specific_class),
        school_id=school.pk if school else None,
        school_title=school.title if school else "",
        township=school.township if school else "",
        level=level,
        digest=submission.digest,
        submitter=str(workflow_state.requested_by or ""),
        submitted_at=_submitted_at(workflow_state),
        since=since,
        remind_at=after_working_days(since, review_settings.remind_after, days_off),
        escalate_at=after_working_days(since, review_settings.escalate_after, days_off),
        asks_pool=pool.lacks_own_reviewer(submission.page, level, excluded_ids),
        urgent=submission.urgent,
        blocks=sum(finding.severity == "block" for finding in submission.findings),
        warnings=sum(finding.severity == "warn" for finding in submission.findings),
    )
    # The author of a file may have no account any more.
    existing_ids = User.objects.filter(pk__in=excluded_ids).values_list("pk", flat=True)
    ExcludedReviewer.objects.bulk_create(
        ExcludedReviewer(item=item, user_id=user_id) for user_id in existing_ids
    )
    return item


def _submitted_at(workflow_state: WorkflowState) -> datetime:
    entries = RecordEntry.objects.filter(
        workflow_state_id=workflow_state.pk, kind=RecordEntry.Kind.SUBMISSION
    )
    last = entries.last()
    submitted_at: datetime = last.at if last else workflow_state.created_at
    return submitted_at


def remove_item(task_state_id: int) -> None:
    """Take an item out of the queue once its level is done."""
    QueueItem.objects.filter(pk=task_state_id).delete()


def mark_item_urgent(task_state_id: int) -> None:
    """Show an item as urgent."""
    QueueItem.objects.filter(pk=task_state_id).update(urgent=True)


def waiting_for(user: User) -> QuerySet[QueueItem]:
    """Return the items on which `user` may decide now, oldest submission first."""
    excluded = ExcludedReviewer.objects.filter(user=user).values("item")
    return items_at_levels_of(user).exclude(pk__in=excluded).order_by("submitted_at", "pk")


def waiting_count(user: User) -> int:
    """Return how many items wait for `user`; remembered during a request."""
    return int(cached_per_request(user, "_review_count", lambda user: waiting_for(user).count()))


def items_at_levels_of(user: User) -> QuerySet[QueueItem]:
    """Return the items that wait at a level which `user` holds, by ancestry of their pages.

    With those that ask the district's pool, for the people in it.
    """
    return QueueItem.objects.filter(_scope_filter(levels_held_by(user)) | _pool_filter(user))


def pool_items_of(user: User) -> QuerySet[QueueItem]:
    """Return the items that ask the pool in which `user` is."""
    return QueueItem.objects.filter(_pool_filter(user))


def _pool_filter(user: User) -> Q:
    paths = pool_paths_held_by(user)
    if not paths:
        return Q(pk__in=[])
    asked = Q(asks_pool=True) | Q(remind_at__lte=timezone.now())
    return asked & Q(level=Level.SCHOOL) & below_paths(paths, "page_path")


def items_visible_to(user: User) -> QuerySet[QueueItem]:
    """Return what waits, at any level, in the scopes of `user`; all of it for a superuser."""
    items = QueueItem.objects.order_by("submitted_at", "pk")
    if user.is_superuser:
        return items
    scopes = _scope_filter({(None, path) for _level, path in levels_held_by(user)})
    return items.filter(scopes | _pool_filter(user))


def _scope_filter(levels: Iterable[tuple[str | None, str]]) -> Q:
    # By level, so that whoever holds one is served by the index in the order of the list.
    paths_by_level: dict[str | None, list[str]] = {}
    for level, path in levels:
        paths_by_level.setdefault(level, []).append(path)
    condition = Q()
    for level, paths in paths_by_level.items():
        below = below_paths(paths, "page_path")
        condition |= below & Q(level=level) if level else below
    return condition if paths_by_level else Q(pk__in=[])


def update_asks_pool(district_key: UUID | None = None) -> list[QueueItem]:
    """Ask anew which items no reviewer of their school can decide, after a change of people.

    Four queries and two writes, however many items wait. Return those that begin to ask the pool.
    """
    queryset = QueueItem.objects.filter(level=Level.SCHOOL)
    if district_key:
        queryset = queryset.filter(district_key=district_key)
    items = list(queryset.prefetch_related("exclusions"))
    schools = Page.objects.filter(pk__in={item.school_id for item in items})
    key_of = dict(schools.values_list("pk", "translation_key"))
    own: dict[UUID, set[int]] = {}
    for role, key, user_id in role_assignments():
        if role == DECIDING_ROLE[Level.SCHOOL]:
            own.setdefault(key, set()).add(user_id)
    changed: dict[bool, list[QueueItem]] = {True: [], False: []}
    for item in items:
        keys = [item.district_key, key_of.get(item.school_id)]
        people = set().union(*(own.get(key, set()) for key in keys if key))
        asks_pool = people <= {row.user_id for row in item.exclusions.all()}
        if asks_pool != item.asks_pool:
            changed[asks_pool].append(item)
    for value, rows in changed.items():
        QueueItem.objects.filter(pk__in=[row.pk for row in rows]).update(asks_pool=value)
    return changed[True]


def excluded_item_ids(user: User, items: Iterable[QueueItem]) -> set[int]:
    """Return the ids of those of `items` on which `user` is excluded from deciding."""
    exclusions = ExcludedReviewer.objects.filter(user=user, item__in=list(items))
    return set(exclusions.values_list("item_id", flat=True))


def record_read(user: User, item: QueueItem) -> None:
    """Note that `user` has opened this very text."""
    ReadReceipt.objects.get_or_create(user=user, page_id=item.page_id, digest=item.digest)


def update_paths_below(path: str) -> None:
    """Write the paths of the pages at and below `path` into the items about them."""
    pages = Page.objects.filter(path__startswith=path)
    for item in QueueItem.objects.filter(page_id__in=pages.values("pk")):
        page = Page.objects.get(pk=item.page_id)
        QueueItem.objects.filter(pk=item.pk).update(page_path=page.path)


def update_school_of_items(school: SchoolPage) -> None:
    """Write a school's public name and township into the items about it."""
    items = QueueItem.objects.filter(school_id=school.pk)
    items.update(school_title=school.title, township=school.township)
