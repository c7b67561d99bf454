"""A district of 600 schools in which thousands of items wait: rows straight into the tables.

The items are as submitting them one by one would leave them, but for their texts, which are all
the same, and the record, whose entries stand in no chain. Measure with them, decide nothing.
"""

import datetime
import uuid
from itertools import count, cycle

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from audit.content_digest import content_digest
from audit.models import RecordEntry
from brands.models import BrandPage
from core.publishing.contexts import confirmed_change
from review.models.queue import ExcludedReviewer, QueueItem, ReadReceipt
from review.models.tasks import FinalApproval, SchoolReview, SectionReview
from roles.models import Level
from schools.models import SchoolIndexPage, SchoolPage
from tests.helpers.bulk_factories import bulk_create_pages
from tests.helpers.district import brand_draft, find_district, make_district

SCHOOLS = 600
# Of ten items four wait at their school, four at the section, two at the committee.
LEVELS = [Level.SCHOOL, Level.SECTION] * 4 + [Level.FINAL] * 2
TASKS = {Level.SCHOOL: SchoolReview, Level.SECTION: SectionReview, Level.FINAL: FinalApproval}
TOWNSHIPS = [f"{name}镇" for name in "东西南北中上下左右前后内"]
BATCH = 500


class WaitingItems:
    """One district whose queue grows."""

    def __init__(self):
        make_district()
        self.district = find_district()
        index = self.district.child(SchoolIndexPage)
        other_schools = bulk_create_pages(
            SchoolPage, [index], SCHOOLS - len(self.district.schools),
            stage="primary", township=lambda number, _parent: TOWNSHIPS[number % len(TOWNSHIPS)],
        )  # fmt: skip
        own = self.district.schools[0]
        # One item in ten is of the one school whose reviewer is measured.
        others = cycle(other_schools)
        self.schools = (next(others) if number % 10 else own for number in count())
        self.tasks = {level: model.objects.get() for level, model in TASKS.items()}
        self.workflow = Workflow.objects.get()
        self.content = self._template(own)
        self.count = 0

    def _template(self, school) -> dict:
        """The content of a version, as the editor saves it; and its digest."""
        page = brand_draft(school, self.district.editor1, kind="branch")
        revision = page.get_latest_revision()
        self.digest = content_digest(page, revision)
        return revision.content

    def grow(self, total: int) -> None:
        """Let items wait until there are `total`."""
        numbers = range(self.count, total)
        schools = [next(self.schools) for _number in numbers]
        pages = bulk_create_drafts(schools, self.district.editor1)
        revisions = self._revisions(pages)
        states = self._states(pages, revisions, numbers)
        self._queue(pages, schools, states, numbers)
        self.count = total
        if connection.vendor == "postgresql":
            # What the server does by itself some minutes after such a load.
            connection.cursor().execute("ANALYZE")

    def _revisions(self, pages) -> list:
        kind = ContentType.objects.get_for_model(BrandPage)
        base = ContentType.objects.get_for_model(Page)
        now = timezone.now()
        revisions = Revision.objects.bulk_create(
            (
                Revision(
                    content_type=kind, base_content_type=base, object_id=str(page.pk),
                    user=self.district.editor1, created_at=now, object_str=page.title,
                    content=self.content | {
                        "pk": page.pk, "title": page.title, "slug": page.slug, "path": page.path,
                        "depth": page.depth, "url_path": page.url_path,
                    },
                )
                for page in pages
            ),
            batch_size=BATCH,
        )  # fmt: skip
        bases = [
            Page(pk=page.pk, latest_revision=revision)
            for page, revision in zip(pages, revisions, strict=True)
        ]
        with confirmed_change():
            Page.objects.bulk_update(bases, ["latest_revision"], batch_size=BATCH)
        return revisions

    def _states(self, pages, revisions, numbers) -> list:
        """Wagtail's states: one in progress for each level before, approved, and the current."""
        kind = ContentType.objects.get_for_model(BrandPage)
        base = ContentType.objects.get_for_model(Page)
        workflow_states = WorkflowState.objects.bulk_create(
            (
                WorkflowState(
                    content_type=kind, base_content_type=base, object_id=str(page.pk),
                    workflow=self.workflow, requested_by=self.district.editor1,
                )
                for page in pages
            ),
            batch_size=BATCH,
        )  # fmt: skip
        task_kind = ContentType.objects.get_for_model(TaskState)
        task_states = TaskState.objects.bulk_create(
            (
                TaskState(
                    workflow_state=state, revision=revision, content_type=task_kind,
                    task_id=self.tasks[level_of(number)].pk,
                )
                for number, state, revision in zip(numbers, workflow_states, revisions, strict=True)
            ),
            batch_size=BATCH,
        )  # fmt: skip
        for state, task_state in zip(workflow_states, task_states, strict=True):
            state.current_task_state = task_state
        WorkflowState.objects.bulk_update(workflow_states, ["current_task_state"], BATCH)
        return task_states

    def _queue(self, pages, schools, states, numbers) -> None:
        kind = ContentType.objects.get_for_model(BrandPage)
        people, now = self.district.people, timezone.now()
        items, exclusions, entries, receipts = [], [], [], []
        for number, page, school, state in zip(numbers, pages, schools, states, strict=True):
            level = level_of(number)
            since = now - datetime.timedelta(hours=number % 400, seconds=number)
            item = QueueItem(
                task_state=state, workflow_state_id=state.workflow_state_id, page_id=page.pk,
                page_path=page.path, district_key=self.district.home.translation_key,
                title=page.title, kind=kind, school_id=school.pk, school_title=school.title,
                township=school.township, level=level, digest=self.digest, submitter="editor1",
                submitted_at=since, since=since, remind_at=since + datetime.timedelta(days=2),
                escalate_at=since + datetime.timedelta(days=4), urgent=number % 50 == 0,
                blocks=number % 20 == 0, warnings=number % 3,
            )  # fmt: skip
            items.append(item)
            excluded = [people["editor1"]]
            # Who approved a level below is excluded; the section's reviewer wrote some herself.
            approvers = [people["colleague"], people["section2"]][: list(Level).index(level)]
            excluded += approvers + [people["section"]] * (number % 10 == 1)
            exclusions += [ExcludedReviewer(item=item, user=user) for user in excluded]
            entries += [
                self._approval(item, person, below)
                for person, below in zip(approvers, Level, strict=False)
            ]
            # And as many decisions as items wait lie behind the section's reviewer.
            entries.append(self._approval(item, people["section"], Level.SECTION, past=True))
            if number % 4 == 0:
                receipts.append(
                    ReadReceipt(user=people["section"], page_id=page.pk, digest=self.digest)
                )
        QueueItem.objects.bulk_create(items, batch_size=BATCH)
        ExcludedReviewer.objects.bulk_create(exclusions, batch_size=BATCH)
        RecordEntry.objects.bulk_create(entries, batch_size=BATCH)
        ReadReceipt.objects.bulk_create(receipts, batch_size=BATCH)

    def _approval(self, item, person, level, past: bool = False) -> RecordEntry:
        return RecordEntry(
            kind=RecordEntry.Kind.APPROVAL, title=item.title, page_id=item.page_id,
            page_path=item.page_path, digest=item.digest, level=level,
            workflow_state_id=None if past else item.workflow_state_id, user_id=person.pk,
            user_name=str(person), district_key=item.district_key,
            hash=uuid.uuid4().hex, previous=uuid.uuid4().hex,
        )  # fmt: skip


def level_of(number: int) -> str:
    """The level at which the item of this number waits."""
    return LEVELS[number // 3 % len(LEVELS)]


def bulk_create_drafts(schools, author) -> list:
    """One unpublished brand page below each of `schools`, in their order."""
    by_id = {school.pk: school for school in schools}
    parents = [by_id[school.pk] for school in schools]
    return bulk_create_pages(
        BrandPage, parents, len(parents), kind="branch", slogan="师生共成长", live=False,
        first_published_at=None, has_unpublished_changes=True, owner=author,
        seal_characters="旗映彩虹", meaning="<p>七种颜色。</p>", school=lambda _n, parent: parent,
    )  # fmt: skip
