"""Every URL of the admin, with a valid post for each form that could change what is public.

Wagtail's resolver is asked for the URLs and `tests/helpers/payloads/` for what to post there, as
each role. After every post what readers see, and who decides, must be what it was. The last test
switches the guards off and proves that the posts would succeed: at ten views at least.
"""

import copy
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    CollectionViewRestriction,
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

from accounts.models import User
from admin_policy import closed_views
from audit.models import RecordEntry
from core.media.reviewed_files import FileQuerySet, ReviewedFileModel
from core.models import Document, Image, pages
from core.publishing import write_guard
from core.publishing.contexts import confirmed_change
from curation.models import SlotEntry
from roles.models import APPOINTED_ROLES, Deputy, LevelRule, ReviewSettings, RoleGroup
from tests.helpers.district import find_district
from tests.helpers.invariant import file_hashes, publication_errors, unauthorised_approvals
from tests.helpers.payloads import PAYLOADS, posts_to
from tests.helpers.publish_attempts import public_state
from tests.helpers.rollback import rolled_back
from tests.helpers.scenario import Scenario, create_scenario
from tests.helpers.url_probe import admin_views

pytestmark = pytest.mark.once

ROLES = ["editor1", "reviewer1", "section", "final", "web_editor", "admin"]
VIEW_NAMES = sorted({name for name, _route in admin_views()})
LEAST_VIEWS_WITHOUT_GUARDS = 10
ERROR = "it ended in an error:"
State = dict[str, list]


@pytest.fixture(scope="module")
def scenario_of_module(module_transaction) -> Scenario:
    """Made once for all tests."""
    return create_scenario(find_district())


@pytest.fixture
def scenario(scenario_of_module, db) -> Scenario:
    """One page of every state, and what lies around them."""
    return copy.deepcopy(scenario_of_module)


def sql_of(queryset: QuerySet, without: frozenset[str] = frozenset()) -> tuple[str, tuple]:
    """The SQL of all columns of `queryset`, made once: it is executed thousands of times."""
    columns = [field.attname for field in queryset.model._meta.concrete_fields]
    selected = [name for name in columns if name not in without]
    return queryset.order_by("pk").values_list(*selected).query.sql_with_params()


# What a draft changes in the row of a public page.
DRAFT_COLUMNS = frozenset(
    {
        "draft_title", "has_unpublished_changes", "latest_revision_id", "numchild", "locked",
        "latest_revision_created_at", "locked_at", "locked_by_id",
    }
)  # fmt: skip
PUBLIC_ROWS = {
    model.__name__: sql_of(model.objects.filter(live=True), DRAFT_COLUMNS)
    for model in get_page_models()
} | {
    model.__name__: sql_of(model.objects.all())
    for model in (Site, Redirect, SlotEntry, PageViewRestriction, CollectionViewRestriction)
}
PUBLIC_ROWS["scheduled"] = sql_of(Revision.objects.exclude(approved_go_live_at=None))
# Who decides, and by which rules; switching an account off takes one person.
OTHER_COLUMNS = frozenset(field.attname for field in User._meta.concrete_fields) - {
    "id", "is_superuser", "password", "email",
}  # fmt: skip
DECIDER_ROWS = {
    model.__name__: sql_of(model.objects.all())
    for model in (LevelRule, ReviewSettings, Deputy, RoleGroup)
} | {
    "members": sql_of(
        User.groups.through.objects.filter(group__role_group__role__in=APPOINTED_ROLES)
    ),
    "deciders": sql_of(
        User.objects.filter(
            Q(is_superuser=True) | Q(groups__role_group__role__in=APPOINTED_ROLES)
        ).distinct(),
        OTHER_COLUMNS,
    ),
}
WORKFLOW_ROWS = {
    model.__name__: sql_of(model.objects.all())
    for model in (Task, Workflow, WorkflowPage, WorkflowTask)
}


def rows_of(sql: tuple[str, tuple]) -> list[tuple]:
    """The rows as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(*sql)
        return cursor.fetchall()


def public_rows(scenario: Scenario) -> State:
    """The rows behind every public page and URL, and behind the files of the scenario."""
    file_ids = {
        Image: [scenario.image.pk, scenario.waiting_image.pk],
        Document: [scenario.document.pk],
    }
    return {name: rows_of(sql) for name, sql in PUBLIC_ROWS.items()} | {
        model.__name__: list(model._base_manager.filter(pk__in=ids).order_by("pk").values())
        for model, ids in file_ids.items()
    }


def guarded_rows(scenario: Scenario) -> State:
    """What readers see, the workflow that leads to it, and who decides in it."""
    guarded = WORKFLOW_ROWS | DECIDER_ROWS
    return public_rows(scenario) | {name: rows_of(sql) for name, sql in guarded.items()}


def changed_rows(before: State, after: State) -> list[str]:
    """The kinds of rows that are not what they were."""
    return [name for name in before if before[name] != after[name]]


def no_more_errors(response: HttpResponse, errors: list[str]) -> list[str]:
    """The default of `changing_posts`: the state alone decides."""
    return []


def changing_posts(
    client: Client,
    user: AbstractUser,
    scenario: Scenario,
    state_of: Callable[[Scenario], State],
    more_errors: Callable[[HttpResponse, list[str]], list[str]] = no_more_errors,
    first_only: bool = False,
) -> dict[str, list[str]]:
    """View name → the posts that changed the state, or that ended in an error.

    Each post meets the same state: what it did is rolled back. `more_errors` may find more;
    `first_only` ends with a view at the first post that changed something.
    """
    client.force_login(user)
    client.raise_request_exception = False
    before, changing = state_of(scenario), {}
    for name in VIEW_NAMES:
        for post in posts_to(name, scenario, user):
            if first_only and name in changing and ERROR not in changing[name][-1]:
                break
            with rolled_back():
                # As in a request of its own: what a refusal leaves half done is rolled back.
                with transaction.atomic():
                    response = post.send(client, name)
                if response.status_code >= 500:
                    errors = [f"{ERROR} {response.status_code}"]
                else:
                    errors = changed_rows(before, state_of(scenario))
                    errors += more_errors(response, errors)
            if errors:
                changing.setdefault(name, []).append(f"{post}: {errors}")
    return changing


def test_every_address_has_its_entry():
    assert set(VIEW_NAMES) - set(PAYLOADS) == set(), "say in tests/helpers/payloads what it changes"
    reasons = [payload for payload in PAYLOADS.values() if isinstance(payload, str)]
    assert all(reason.startswith(("reads only", "not about")) for reason in reasons)


def approval_count() -> int:
    return RecordEntry.objects.filter(kind="approval").count()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_what_is_public_or_who_decides_at_any_address(
    client, district, scenario, role
):
    public, hashes, approvals = public_state(), file_hashes(), approval_count()
    assert publication_errors() == []

    def more_errors(response, errors) -> list[str]:
        found_errors = unauthorised_approvals() if approval_count() != approvals else []
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        is_unexplained = response.status_code == 403 and not is_json
        return [*found_errors, "a 403 without a reason"] if is_unexplained else found_errors

    user = getattr(district, role)
    changing = changing_posts(client, user, scenario, guarded_rows, more_errors)
    assert changing == {}
    assert public_state() == public
    assert file_hashes() == hashes
    assert publication_errors() == []


def test_without_the_guards_the_posts_get_in(client, district, scenario, monkeypatch):
    """The posts are valid: what they would change if nothing were guarded."""
    monkeypatch.setattr(write_guard, "guard_write", lambda page, columns=None: None)
    monkeypatch.setattr(write_guard, "guard_revision", lambda page, overwritten=None: None)
    monkeypatch.setattr(pages, "DistrictPagePermissionTester", PagePermissionTester)
    monkeypatch.setattr(closed_views, "CLOSED_VIEWS", {})
    monkeypatch.setattr(
        ReviewedFileModel, "changes_reviewed", lambda file, update_fields=None: False
    )
    monkeypatch.setattr(ReviewedFileModel, "in_use", lambda thing: False)
    monkeypatch.setattr(FileQuerySet, "update", FileQuerySet.__base__.update)
    invariant_errors = set()

    def more_errors(response, errors) -> list[str]:
        if any(error.endswith("Page") for error in errors):
            invariant_errors.update(publication_errors())
        return []

    with confirmed_change():
        changing = changing_posts(
            client, district.admin, scenario, public_rows, more_errors, first_only=True
        )
    succeeded = sorted(name for name, posts in changing.items() if ERROR not in posts[-1])
    print(f"\n{len(succeeded)} views without the guards:", *succeeded, sep="\n  ")
    assert len(succeeded) >= LEAST_VIEWS_WITHOUT_GUARDS
    assert invariant_errors, "the invariant does not notice what came in past the gate"
