"""Every address of the admin, with a valid post for each form that could change what is public.

The walk asks Wagtail's resolver for the addresses and `payloads.py` for what to post there, as
each role. After every post what readers see must be what it was. The last test switches the
guards off and proves that the posts would get in: at ten doors at least.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PagePermissionTester,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
    get_page_models,
)
from wagtail_localize.models import Translation, TranslationSource

from admin_policy import closed_views
from audit.models import RecordEntry
from core.media.reviewed_files import FileQuerySet, ReviewedFileModel
from core.models import Document, Image, pages
from core.publishing import write_guard
from core.publishing.contexts import confirmed_change
from core.tests.factories import make_image
from curation.models import SlotEntry
from news.models import NewsIndexPage
from tests.helpers.district import brand_draft, decide, fresh, submit
from tests.helpers.invariant import approvals_by_strangers, everything_public_passed, files
from tests.helpers.payloads import PAYLOADS, as_text, posts_of
from tests.helpers.publish_attempts import public_page, public_state
from tests.helpers.url_probe import hide, routes

pytestmark = pytest.mark.once

ROLES = ["editor1", "reviewer1", "section", "final", "web_editor", "admin"]
NAMES = sorted({name for name, _route in routes()})
TEETH = 10
ERROR = "it ended in an error:"


class Undone(Exception):
    """Ends a try, so that the database forgets it."""


@dataclass
class World:
    """One page of every state, and what lies around them."""

    home: Page
    english: Page
    schools: list
    indexes: list
    live: Page
    draft: Page
    waiting: Page
    at_final: Page
    scheduled: Page
    old_revision: int
    image: Image
    waiting_image: Image
    document: Document
    translation: Translation
    sources: list
    restricted: Page
    locked_collection: object
    redirect: Redirect
    group: int
    people: list

    @property
    def school(self):
        return self.schools[0]


@pytest.fixture
def world(district) -> World:
    things = hide(district)
    school = district.schools[0]
    own = {"collection": school.collection, "uploaded_by_user": district.editor1}
    image = make_image(400, 300, **own)
    document = Document(title="附件", file=ContentFile(b"1", name="a.txt"), **own)
    document.save()
    link = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    shows = {"meaning": link, "body": [("image", {"image": image, "caption": "图"})]}
    live = public_page(district, title="公开的", kind="branch", **shows)
    live.get_latest_revision_as_object().save_revision(user=district.colleague)
    indexes = [NewsIndexPage.objects.get(locale__language_code=code) for code in ("zh-hans", "en")]
    source, _created = TranslationSource.update_or_create_from_instance(indexes[0])
    translation = Translation.objects.create(source=source, target_locale=indexes[1].locale)
    for thing in (image, things.image, document):
        thing.get_file_size()  # Counted at the first look; it would look like a change.
    english = district.home.get_translations().get()
    with confirmed_change():
        restricted = school.get_parent()
        PageViewRestriction.objects.create(page=restricted, restriction_type="login")
        locked = school.collection.get_parent().add_child(name="内部")
        CollectionViewRestriction.objects.create(collection=locked, restriction_type="login")
        redirect = Redirect.add_redirect("/old", "https://example.org/")
    return World(
        district.home, english, district.schools, indexes, fresh(live), things.draft,
        things.waiting, ready_for_the_last_level(district), scheduled(district),
        live.live_revision_id, image, things.image, document, translation, [source.pk],
        restricted, locked, redirect, district.section.groups.get().pk,
        [district.editor1.pk, district.reviewer1.pk, district.final.pk],
    )  # fmt: skip


def ready_for_the_last_level(district):
    page = brand_draft(district.schools[0], district.colleague, title="待终审", kind="branch")
    submit(page, district.colleague)
    for person in (district.reviewer1, district.section2):
        assert decide(fresh(page), person) is None
    return fresh(page)


def scheduled(district):
    """A page that was approved for a later day."""
    tomorrow = timezone.now() + timedelta(days=1)
    page = public_page(district, title="定时的", kind="branch", go_live_at=tomorrow)
    assert page.latest_revision.approved_go_live_at
    return page


def what_readers_see(world) -> dict[str, list]:
    """Rows behind every public page and address."""
    shown = {Image: [world.image.pk, world.waiting_image.pk], Document: [world.document.pk]}
    return {name: rows_of(question) for name, question in PUBLIC.items()} | {
        model.__name__: list(model._base_manager.filter(pk__in=keys).order_by("pk").values())
        for model, keys in shown.items()
    }


def what_stands_still(world) -> dict[str, list]:
    """What readers see, and the workflow that leads to it."""
    flow = {name: rows_of(question) for name, question in WORKFLOW.items()}
    return what_readers_see(world) | flow


def question_of(rows, without=frozenset()) -> tuple:
    """The SQL of all columns of `rows`, made once: the walk asks it thousands of times."""
    columns = [field.attname for field in rows.model._meta.concrete_fields]
    wanted = [name for name in columns if name not in without]
    return rows.order_by("pk").values_list(*wanted).query.sql_with_params()


def rows_of(question: tuple) -> list[tuple]:
    """Its rows as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return cursor.fetchall()


# What a draft changes in the row of a public page.
DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision_id", "numchild", "locked"}
DRAFTS |= {"latest_revision_created_at", "locked_at", "locked_by_id"}
PUBLIC = {
    model.__name__: question_of(model.objects.filter(live=True), DRAFTS)
    for model in get_page_models()
} | {
    model.__name__: question_of(model.objects.all())
    for model in (Site, Redirect, SlotEntry, PageViewRestriction, CollectionViewRestriction)
}
PUBLIC["scheduled"] = question_of(Revision.objects.exclude(approved_go_live_at=None))
WORKFLOW = {
    model.__name__: question_of(model.objects.all())
    for model in (Task, Workflow, WorkflowPage, WorkflowTask)
}


def walk(client, person, world, seen, after=None, first=False) -> dict[str, list[str]]:
    """View name → the posts through which `seen` changed, or that ended in an error.

    Each post meets the same world: what it did is undone. `after` may find more; `first` ends
    with a view at the first post that got in.
    """
    client.force_login(person)
    client.raise_request_exception = False
    before, changed = seen(world), {}
    for name in NAMES:
        for post in posts_of(name, world, person):
            if first and name in changed and ERROR not in changed[name][-1]:
                break
            try:
                with transaction.atomic():
                    # As in a request of its own: what a refusal leaves half done is rolled back.
                    with transaction.atomic():
                        response = post.send(client, name)
                    if response.status_code >= 500:
                        problems = [f"{ERROR} {response.status_code}"]
                        raise Undone
                    problems = list(differences(before, seen(world)))
                    problems += after(response, problems) if after else []
                    raise Undone
            except Undone:
                if problems:
                    changed.setdefault(name, []).append(f"{as_text(post)}: {problems}")
    return changed


def differences(before: dict, now: dict):
    """The kinds of rows that are not what they were."""
    return (kind for kind in before if before[kind] != now[kind])


def test_every_address_has_its_entry():
    assert set(NAMES) - set(PAYLOADS) == set(), "say in payloads.py what it could do"
    reasons = [entry for entry in PAYLOADS.values() if isinstance(entry, str)]
    assert all(reason.startswith(("reads only", "not about")) for reason in reasons)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_what_is_public_at_any_address(client, district, world, role):
    public, stored, decided = public_state(), files(), approvals()
    assert everything_public_passed() == []

    def after(response, problems) -> list[str]:
        found = approvals_by_strangers() if approvals() != decided else []
        told = response.headers.get("Content-Type", "").startswith("application/json")
        bare = response.status_code == 403 and not told
        return [*found, "a bare 403"] if bare else found

    person = getattr(district, role)
    assert walk(client, person, world, what_stands_still, after) == {}
    assert public_state() == public
    assert files() == stored
    assert everything_public_passed() == []


def approvals() -> int:
    return RecordEntry.objects.filter(kind="approval").count()


def test_without_the_guards_the_posts_get_in(client, district, world, monkeypatch):
    """The teeth: what the walk would find if nothing were guarded."""
    monkeypatch.setattr(write_guard, "guard_write", lambda page, columns=None: None)
    monkeypatch.setattr(write_guard, "guard_revision", lambda page, overwritten=None: None)
    monkeypatch.setattr(pages, "DistrictPagePermissionTester", PagePermissionTester)
    monkeypatch.setattr(closed_views, "CLOSED_VIEWS", {})
    monkeypatch.setattr(
        ReviewedFileModel, "changes_reviewed", lambda file, update_fields=None: False
    )
    monkeypatch.setattr(ReviewedFileModel, "in_use", lambda thing: False)
    monkeypatch.setattr(FileQuerySet, "update", FileQuerySet.__base__.update)
    unproved = set()

    def after(response, problems) -> list[str]:
        if any(problem.endswith("Page") for problem in problems):
            unproved.update(everything_public_passed())
        return []

    with confirmed_change():
        found = walk(client, district.admin, world, what_readers_see, after, first=True)
    got_in = sorted(name for name, posts in found.items() if ERROR not in posts[-1])
    print(f"\n{len(got_in)} doors without the guards:", *got_in, sep="\n  ")
    assert len(got_in) >= TEETH
    assert unproved, "the invariant does not see what came in past the gate"
