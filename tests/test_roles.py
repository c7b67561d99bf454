"""Who may do what: each role of the domain against each action, by real requests.

`ACTIONS` says it in the domain's words. `role_matrix.json` says it for every address of the
admin: view name → the roles that it answers with 200, where the addresses name a draft and an
item in review of the first school. After a change that is meant, write it anew and read the
difference line by line:

    ROLE_MATRIX=write .venv/bin/python -m pytest tests/test_roles.py -k matrix
"""

import json
import os
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from audit.models import RecordEntry
from brands.models import BrandPage
from news.models import NewsIndexPage
from roles.models import Level
from schools.models import SchoolPage
from tests.helpers.district import brand_form, decide, decision_form, fresh
from tests.helpers.url_probe import addresses, hide

pytestmark = pytest.mark.once

MATRIX = Path(__file__).with_name("role_matrix.json")
# Role → the person of the test district who holds it; all at the first school or the district.
PEOPLE = {
    "school editor": "editor1",
    "school reviewer": "reviewer1",
    "section reviewer": "section",
    "final approver": "final",
    "web editor": "web_editor",
    "administrator": "admin",
    "editor of another school": "editor2",
}
OWN, FOREIGN, WEB, ADMIN = (
    "school editor",
    "editor of another school",
    "web editor",
    "administrator",
)
SCHOOL, SECTION, FINAL = "school reviewer", "section reviewer", "final approver"
DISTRICT = {SECTION, FINAL, WEB, ADMIN}
NOBODY: set[str] = set()


class Undone(Exception):
    """Ends a try, so that the database forgets it."""


def get(client, name, *args):
    return client.get(reverse(name, args=args)).status_code == 200


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


def edit(client, page, **data):
    return post(client, "wagtailadmin_pages:edit", page.pk, **(brand_form() | data))


# --- the actions: each tries, and says whether it came about --------------------------------------


def see_the_schools_drafts(client, district, things):
    listing = client.get(reverse("wagtailadmin_explore", args=[things.school.pk]))
    return listing.status_code == 200 and things.draft.title in listing.content.decode()


def edit_the_schools_draft(client, district, things):
    edit(client, things.draft, slogan="改过的")
    return fresh(things.draft).latest_revision.content["slogan"] == "改过的"


def edit_the_schools_own_page(client, district, things):
    form = {"title": "改名小学", "stage": "primary", "kind": "public", "body-count": 0}
    post(client, "wagtailadmin_pages:edit", things.school.pk, **form)
    return fresh(things.school).latest_revision.content["title"] == "改名小学"


def edit_a_page_of_the_district(client, district, things):
    index = NewsIndexPage.objects.child_of(district.home).get()
    post(client, "wagtailadmin_pages:edit", index.pk, title="新闻中心", intro="")
    return fresh(index).latest_revision.content["title"] == "新闻中心"


def add_a_brand_page(client, district, things):
    form = brand_form() | {"title": "第三个", "kind": "branch"}
    post(client, "wagtailadmin_pages:add", "brands", "brandpage", things.school.pk, **form)
    return BrandPage.objects.filter(title="第三个", live=False).exists()


def add_a_school(client, district, things):
    index = things.school.get_parent().pk
    form = {"title": "私设小学", "stage": "primary", "kind": "public", "body-count": 0}
    post(client, "wagtailadmin_pages:add", "schools", "schoolpage", index, **form)
    copy = {"new_title": "私设小学", "new_slug": "si", "new_parent_page": index}
    post(client, "wagtailadmin_pages:copy", things.school.pk, **copy)
    return SchoolPage.objects.filter(title="私设小学").exists()


def submit_for_review(client, district, things):
    edit(client, things.draft, **{"action-submit": "1"})
    return fresh(things.draft).workflow_in_progress


def publish(client, district, things):
    edit(client, things.draft, **{"action-publish": "1"})
    form = brand_form() | {"title": "直接发布", "kind": "branch", "action-publish": "1"}
    post(client, "wagtailadmin_pages:add", "brands", "brandpage", things.school.pk, **form)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={things.draft.pk}", {})
    return BrandPage.objects.live().exists()


def schedule(client, district, things):
    dates = {"go_live_at": "2099-01-01 08:00", "expire_at": "2099-02-01 08:00"}
    edit(client, things.draft, **dates, **{"action-publish": "1"})
    return bool(fresh(things.draft).latest_revision.approved_go_live_at)


def propose_dates(client, district, things):
    """The dates are content of the draft: approval fixes them."""
    edit(client, things.draft, go_live_at="2099-01-01 08:00", expire_at="2099-02-01 08:00")
    return bool(fresh(things.draft).latest_revision.content.get("go_live_at"))


def withdraw(client, district, things):
    post(client, "publication_withdraw", things.school.pk, reason="停办")
    return not fresh(things.school).live


def unpublish(client, district, things):
    post(client, "wagtailadmin_pages:unpublish", things.school.pk)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{bulk}?id={things.school.pk}", {"include_descendants": "on"})
    return not fresh(things.school).live


def delete_a_draft(client, district, things):
    post(client, "wagtailadmin_pages:delete", things.draft.pk)
    return not Page.objects.filter(pk=things.draft.pk).exists()


def delete_something_public(client, district, things):
    post(client, "wagtailadmin_pages:delete", things.school.pk)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={things.school.pk}", {})
    return not Page.objects.filter(pk=things.school.pk).exists()


def move_something_public(client, district, things):
    index = NewsIndexPage.objects.child_of(district.home).get()
    english = district.home.get_translations().get()
    address = "wagtailadmin_pages:move_confirm"
    post(client, address, things.school.pk, english.pk, slug="weg")
    post(client, address, index.pk, english.pk, slug="weg")
    return fresh(index).path != index.path or fresh(things.school).path != things.school.path


def move_a_draft_to_another_school(client, district, things):
    post(client, "wagtailadmin_pages:move_confirm", things.draft.pk, district.schools[1].pk)
    return fresh(things.draft).path != things.draft.path


def copy_a_draft(client, district, things):
    form = {"new_title": "抄", "new_slug": "chao", "new_parent_page": things.school.pk}
    post(client, "wagtailadmin_pages:copy", things.draft.pk, **form)
    return Page.objects.filter(slug="chao").exists()


def lock(client, district, things):
    post(client, "wagtailadmin_pages:lock", things.draft.pk)
    return fresh(things.draft).locked


def make_private(client, district, things):
    for page in (things.draft, things.school):
        post(client, "wagtailadmin_pages:set_privacy", page.pk, restriction_type="login")
    return PageViewRestriction.objects.exists()


def reorder(client, district, things):
    address = reverse("wagtailadmin_pages:set_page_position", args=[things.waiting.pk])
    client.post(f"{address}?position=0")
    return fresh(things.waiting).path != things.waiting.path


def decide_at(level):
    earlier = ["reviewer1", "section2"][: list(Level).index(level)]

    def action(client, district, things):
        for person in earlier:
            assert decide(fresh(things.waiting), getattr(district, person)) is None
        state = fresh(things.waiting).current_workflow_task_state
        done = RecordEntry.objects.filter(kind="approval").count()
        post(client, "review_decide", state.pk, **decision_form(fresh(things.waiting)))
        return RecordEntry.objects.filter(kind="approval").count() > done

    return action


def return_the_item(client, district, things):
    state = fresh(things.waiting).current_workflow_task_state
    form = decision_form(fresh(things.waiting), "reject", "请写出处。")
    post(client, "review_decide", state.pk, **form)
    return RecordEntry.objects.filter(kind="return").exists()


def open_screens(*names):
    def action(client, district, things):
        opened = [get(client, name) for name in names]
        assert len(set(opened)) == 1, "one role opens some of these screens"
        return all(opened)

    return action


# Action → who may; everybody else is refused.
ACTIONS = {
    see_the_schools_drafts: {OWN, SCHOOL, *DISTRICT},
    edit_the_schools_draft: {OWN, ADMIN},
    edit_the_schools_own_page: {OWN, ADMIN},
    edit_a_page_of_the_district: {WEB, ADMIN},
    add_a_brand_page: {OWN, ADMIN},
    add_a_school: NOBODY,
    submit_for_review: {OWN, ADMIN},
    publish: NOBODY,
    schedule: NOBODY,
    propose_dates: {OWN, ADMIN},
    unpublish: NOBODY,
    withdraw: {FINAL},
    delete_a_draft: {OWN, ADMIN},
    delete_something_public: NOBODY,
    move_something_public: NOBODY,
    move_a_draft_to_another_school: {ADMIN},
    copy_a_draft: {OWN, ADMIN},
    lock: {ADMIN},
    make_private: NOBODY,
    reorder: NOBODY,
    decide_at(Level.SCHOOL): {SCHOOL},
    decide_at(Level.SECTION): {SECTION},
    decide_at(Level.FINAL): {FINAL},
    return_the_item: {SCHOOL},
    open_screens("publication_schedule"): {SECTION, FINAL, ADMIN},
    open_screens("change_requests_list"): {SECTION, FINAL, ADMIN},
    open_screens("change_requests_propose_site", "change_requests_propose_redirect"): {ADMIN},
    open_screens("curation_slots"): {WEB, SECTION, FINAL, ADMIN},
    open_screens("wagtailusers_users:index", "wagtailusers_groups:index"): {ADMIN},
    open_screens("wagtailsites:index", "wagtaillocales:index"): {ADMIN},
    open_screens("wagtailredirects:index", "wagtailadmin_collections:index"): {ADMIN},
    open_screens("wagtailadmin_workflows:index", "wagtailadmin_workflows:task_index"): NOBODY,
    open_screens("wagtailadmin_workflows:add", "wagtailsites:add"): NOBODY,
    open_screens("wagtailredirects:add", "wagtaillocales:add"): NOBODY,
    open_screens("wagtailusers_users:add", "wagtailadmin_collections:add"): {ADMIN},
}
NAMES = {
    action: getattr(action, "__name__", "").replace("action", f"screens or level {number}")
    for number, action in enumerate(ACTIONS)
}


@pytest.fixture
def things(district):
    return hide(district)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: NAMES[action])
def test_only_these_may(client, district, things, action):
    client.raise_request_exception = False
    able = {role for role in PEOPLE if comes_about(action, role, client, district, things)}
    assert able == ACTIONS[action]


def comes_about(action, role, client, district, things) -> bool:
    """Whether the action comes about in this role; undone afterwards."""
    done = False
    try:
        with transaction.atomic():
            client.force_login(getattr(district, PEOPLE[role]))
            done = bool(action(client, district, things))
            raise Undone
    except Undone:
        return done


# --- every address --------------------------------------------------------------------------------


def opened_by(client, user, things) -> set[str]:
    """The view names that answer this person with 200 at any of their addresses."""
    client.force_login(user)
    client.raise_request_exception = False
    opened, failed = set(), set()
    for name, address in addresses(things):
        if name in opened:
            continue
        status = client.get(address).status_code
        if status == 200:
            opened.add(name)
        elif status >= 500:
            failed.add(name)
    assert not failed
    return opened


def test_the_matrix_of_all_addresses_is_the_reviewed_one(client, district, things):
    found: dict[str, list[str]] = {}
    for role, person in PEOPLE.items():
        for name in opened_by(client, getattr(district, person), things):
            found.setdefault(name, []).append(role)
    if os.environ.get("ROLE_MATRIX") == "write":
        lines = [f" {json.dumps(name)}: {json.dumps(roles)}" for name, roles in found.items()]
        MATRIX.write_text("{\n" + ",\n".join(sorted(lines)) + "\n}\n")
    assert found == json.loads(MATRIX.read_text())


def test_every_person_of_the_domain_is_in_the_matrix(district):
    roles = {name for line in json.loads(MATRIX.read_text()).values() for name in line}
    assert roles == set(PEOPLE)
