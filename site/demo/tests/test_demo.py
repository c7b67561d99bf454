"""The sample district: whole, repeatable, marked, and impossible in production."""

import io
import itertools
import json

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase
from wagtail.models import Page, ReferenceIndex, Site, WorkflowState

from audit import verification
from audit.models import RecordEntry
from brands.models import BrandPage
from core.reachability import reachable
from demo import people, review
from demo.load import load
from news.models import NewsPage
from redstudy.models import RoutePage, StudyBasePage
from review.models.queue import QueueItem
from schools.models import SchoolPage
from search.models import PublicEntry, PublicText
from tests.helpers import invariant
from volunteering.models import VolunteerProjectPage

# Marked as a whole, so that pytest runs them one after the other while the sample stands.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTNAME = "rencheng.example"


def loaded():
    return load("rencheng", progress=lambda _line: None, picture_width=64, hostname=HOSTNAME)


def interrupt_loading() -> None:
    """Load until Ctrl-C, which comes while some of the news is there and some is not."""
    calls = itertools.count()

    def bring_to_state(*args):
        if next(calls) == 3:
            raise KeyboardInterrupt
        return review.bring_to_state(*args)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("demo.load.review.bring_to_state", bring_to_state)
        loaded()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The sample district, loaded once for this module beside the test district, then removed.

    Its first loading was interrupted: whatever the tests say is true of that as well.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            interrupt_loading()
        with TestCase.captureOnCommitCallbacks(execute=True):
            home = loaded()
        yield home
        transaction.set_rollback(True)


def pages(model, demo):
    return model.objects.descendant_of(demo)


def test_the_district_is_as_large_as_promised(demo):
    assert pages(SchoolPage, demo).live().count() >= 16
    assert {school.stage for school in pages(SchoolPage, demo)} == set(SchoolPage.Stage.values)
    assert pages(NewsPage, demo).count() >= 60
    assert {item.kind for item in pages(NewsPage, demo).live()} == set(NewsPage.Kind.values)
    assert pages(RoutePage, demo).live().count() == 6
    assert pages(StudyBasePage, demo).live().count() == 20
    assert pages(VolunteerProjectPage, demo).live().count() == 8
    assert pages(BrandPage, demo).live().filter(recognitions__level="city").count() == 5


def test_everything_a_reader_sees_is_marked_as_sample(demo):
    for model in (SchoolPage, BrandPage, NewsPage, RoutePage, StudyBasePage, VolunteerProjectPage):
        assert not pages(model, demo).live().exclude(provenance="sample").exists()


def test_every_live_page_has_its_initial_publication(demo):
    live = set(Page.objects.descendant_of(demo, inclusive=True).live().values_list("pk", flat=True))
    initially_published = set(
        RecordEntry.objects.filter(kind="founding").values_list("page_id", flat=True)
    )
    assert live <= initially_published


def test_the_record_of_the_sample_is_whole(demo):
    assert [str(problem) for problem in verification.find_problems()] == []


def test_nothing_of_the_sample_is_public_against_the_rules(demo):
    sample = Page.objects.descendant_of(demo, inclusive=True)
    assert invariant.publication_errors(sample) == []
    assert invariant.unauthorised_approvals() == []


def test_the_files_of_the_sample_are_known_to_be_in_use(demo):
    """The index of references is as if it were counted anew."""

    def references():
        return set(
            ReferenceIndex.objects.values_list(
                "base_content_type", "object_id", "to_content_type", "to_object_id", "content_path"
            )
        )

    before = references()
    call_command("rebuild_references_index", verbosity=0)
    assert references() == before
    assert before


def test_what_is_public_is_found_and_nothing_else(demo):
    def entries():
        rows = PublicEntry.objects.order_by("pk").values()
        return list(rows), dict(PublicText.objects.values_list("pk", "text"))

    before = entries()
    call_command("rebuild_search", stdout=io.StringIO())
    assert entries() == before
    sample = Page.objects.descendant_of(demo, inclusive=True)
    listed = PublicEntry.objects.filter(page__in=sample).values_list("page_id", flat=True)
    assert set(listed) == set(reachable(sample).values_list("pk", flat=True))


def test_every_page_is_found_in_the_admin(demo):
    for page in pages(NewsPage, demo):
        assert page in NewsPage.objects.search(page.title), page.title


def test_what_waits_stands_in_the_queue(demo):
    def items():
        return sorted(QueueItem.objects.values_list("page_id", "level", "digest", "submitted_at"))

    before = items()
    call_command("rebuild_queue", verbosity=0, stdout=io.StringIO())
    assert items() == before
    assert before


def test_items_wait_in_every_state_of_review(demo):
    states = WorkflowState.objects.filter(
        object_id__in=[str(pk) for pk in pages(Page, demo).values_list("pk", flat=True)]
    )
    waiting = {
        s.current_task_state.task.specific.level for s in states.filter(status="in_progress")
    }
    returned = {
        s.current_task_state.task.specific.level for s in states.filter(status="needs_changes")
    }
    assert waiting == returned == {"school", "section", "final"}
    assert pages(NewsPage, demo).filter(live=False, latest_revision__isnull=False).exists()
    assert pages(NewsPage, demo).filter(live=True, has_unpublished_changes=True).exists()


def test_loading_again_changes_nothing(demo):
    def state():
        return (
            Page.objects.count(),
            RecordEntry.objects.count(),
            WorkflowState.objects.count(),
            get_user_model().objects.count(),
            Site.objects.count(),
        )

    before = state()
    loaded()
    assert state() == before


def test_every_account_logs_in_with_the_password_that_is_printed(demo, capsys):
    call_command("demo", "--accounts")
    accounts = json.loads(capsys.readouterr().out)
    assert len({account["role"] for account in accounts}) == 8
    assert len({account["school"] for account in accounts} - {""}) == 2
    for account in accounts:
        assert authenticate(username=account["username"], password=account["password"])


def test_another_machine_has_other_passwords(settings):
    here = people.password("wangqing")
    settings.SECRET_KEY = "another machine"
    assert people.password("wangqing") != here


def test_production_refuses_the_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo", "rencheng")


def test_production_fails_its_check_while_a_demo_account_exists(db, settings):
    assert not [error for error in run_checks() if error.id == "district.E001"]
    get_user_model().objects.create_user("another-sample", is_sample=True)
    settings.PRODUCTION = True
    assert [error for error in run_checks() if error.id == "district.E001"]


def test_the_secret_is_not_in_the_repository():
    assert settings.SECRET_KEY == "only-for-tests"
