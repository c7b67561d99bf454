"""Who may do what: each role against each action, by real requests.

`ACTIONS` says it in words. `role_matrix.json` says it for every address of the
admin: view name → the roles that it answers with 200, where the addresses name a draft and an
item in review of the first school. After a change that is meant, write it anew and read the
difference line by line:

    ROLE_MATRIX=write .venv/bin/python -m pytest tests/test_roles.py -k matrix
"""

import json
import os
from pathlib import Path

import pytest

from roles.models import Level, Role
from tests.helpers import role_actions as actions
from tests.helpers.district import create_user
from tests.helpers.rollback import rolled_back
from tests.helpers.url_probe import admin_urls

pytestmark = pytest.mark.once

MATRIX = Path(__file__).with_name("role_matrix.json")
# Role → the user of the test district who holds it; all at the first school or the district.
USERNAMES = {
    "school editor": "editor1",
    "school reviewer": "reviewer1",
    "section reviewer": "section",
    "final approver": "final",
    "web editor": "web_editor",
    "administrator": "admin",
    "editor of another school": "editor2",
    "school reviewer of the pool": "pool",
    "security auditor": "auditor",
}
OWN, FOREIGN, WEB, ADMIN = (
    "school editor",
    "editor of another school",
    "web editor",
    "administrator",
)
SCHOOL, SECTION, FINAL = "school reviewer", "section reviewer", "final approver"
AUDITOR = "security auditor"
DISTRICT = {SECTION, FINAL, WEB, ADMIN}
NOBODY: set[str] = set()


# Action → who may; everybody else is refused.
ACTIONS = {
    actions.see_the_schools_drafts: {OWN, SCHOOL, *DISTRICT},
    actions.edit_the_schools_draft: {OWN, ADMIN},
    actions.edit_the_schools_own_page: {OWN, ADMIN},
    actions.edit_a_page_of_the_district: {WEB, ADMIN},
    actions.add_a_brand_page: {OWN, ADMIN},
    actions.add_a_school: NOBODY,
    actions.submit_for_review: {OWN, ADMIN},
    actions.publish: NOBODY,
    actions.schedule: NOBODY,
    actions.propose_dates: {OWN, ADMIN},
    actions.unpublish: NOBODY,
    actions.withdraw: {FINAL},
    actions.delete_a_draft: {OWN, ADMIN},
    actions.delete_something_public: NOBODY,
    actions.move_something_public: NOBODY,
    actions.move_a_draft_to_another_school: {ADMIN},
    actions.copy_a_draft: {OWN, ADMIN},
    actions.lock: {ADMIN},
    actions.make_private: NOBODY,
    actions.reorder: NOBODY,
    actions.decide_at(Level.SCHOOL): {SCHOOL},
    actions.decide_at(Level.SECTION): {SECTION},
    actions.decide_at(Level.FINAL): {FINAL},
    actions.return_the_item: {SCHOOL},
    actions.open_views("publication_schedule"): {SECTION, FINAL, ADMIN},
    actions.open_views("change_requests_list"): {SECTION, FINAL, ADMIN, AUDITOR},
    actions.open_views("appointments_people"): {FINAL, ADMIN, AUDITOR},
    actions.open_views("appointments_propose_role", "appointments_deputy_add"): {ADMIN},
    actions.open_views("level_rules_add", "appointments_propose_administrator"): {ADMIN},
    actions.open_views("change_requests_propose_site", "change_requests_propose_redirect"): {ADMIN},
    actions.open_views("curation_slots"): {WEB, SECTION, FINAL, ADMIN},
    actions.open_views("wagtailusers_users:index", "wagtailusers_groups:index"): {ADMIN},
    actions.open_views("wagtailsites:index", "wagtaillocales:index"): {ADMIN},
    actions.open_views("wagtailredirects:index", "wagtailadmin_collections:index"): {ADMIN},
    actions.open_views("wagtailadmin_workflows:index", "wagtailadmin_workflows:task_index"): NOBODY,
    actions.open_views("wagtailadmin_workflows:add", "wagtailsites:add"): NOBODY,
    actions.open_views("wagtailredirects:add", "wagtaillocales:add"): NOBODY,
    actions.open_views("wagtailusers_users:add", "wagtailadmin_collections:add"): {ADMIN},
}
NAMES = {
    action: getattr(action, "__name__", "").replace("action", f"screens or level {number}")
    for number, action in enumerate(ACTIONS)
}


@pytest.fixture
def district(district):
    """With one of the pool of school reviewers, and a security auditor."""
    for role, username in ((Role.POOL_REVIEWER, "pool"), (Role.AUDITOR, "auditor")):
        district.people[username] = create_user(username, role, district.home)
    return district


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: NAMES[action])
def test_only_these_may(client, district, private, action):
    client.raise_request_exception = False
    able = {
        role
        for role, username in USERNAMES.items()
        if succeeds(action, getattr(district, username), client, district, private)
    }
    assert able == ACTIONS[action]


def succeeds(action, user, client, district, private) -> bool:
    """Whether the action succeeds for this user; rolled back afterwards."""
    with rolled_back():
        client.force_login(user)
        return bool(action(client, district, private))


# --- every URL ------------------------------------------------------------------------------------


def views_opened_by(user, client, private) -> set[str]:
    """The view names that answer this user with 200 at any of their URLs."""
    client.force_login(user)
    client.raise_request_exception = False
    opened, failed = set(), set()
    for name, url in admin_urls(private):
        if name in opened:
            continue
        status = client.get(url).status_code
        if status == 200:
            opened.add(name)
        elif status >= 500:
            failed.add(name)
    assert not failed
    return opened


def test_the_matrix_of_all_addresses_is_the_reviewed_one(client, district, private):
    matrix: dict[str, list[str]] = {}
    for role, username in USERNAMES.items():
        for name in views_opened_by(getattr(district, username), client, private):
            matrix.setdefault(name, []).append(role)
    if os.environ.get("ROLE_MATRIX") == "write":
        lines = [f" {json.dumps(name)}: {json.dumps(roles)}" for name, roles in matrix.items()]
        MATRIX.write_text("{\n" + ",\n".join(sorted(lines)) + "\n}\n")
    assert matrix == json.loads(MATRIX.read_text())


def test_every_person_of_the_domain_is_in_the_matrix(district):
    roles = {name for line in json.loads(MATRIX.read_text()).values() for name in line}
    assert roles == set(USERNAMES)
