"""A small district for tests, made by the same functions as demo and production.

There is one user for each role, and two of the roles that must be held by different people.
"""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from wagtail.models import Page, WorkflowState

from audit.content_digest import content_digest
from audit.proofreading import ProofreadingItem, SecrecyResult
from brands.models import BrandPage
from core.models import BasePage
from core.publishing.refusals import Refused
from district.bootstrap import bootstrap
from district.school_opening import open_school
from home.models import HomePage
from review.domain import decisions
from review.domain.decisions import Decision
from roles.groups import role_group
from roles.models import Role
from schools.models import SchoolIndexPage, SchoolPage

PageType = TypeVar("PageType", bound=Page)
PASSWORD = "correct-horse-battery-7"
SCHOOLS = {
    "东门大街小学": {"stage": "primary", "township": "古槐街道"},
    "第十三中学": {"stage": "junior", "township": "南张街道"},
}


@dataclass
class District:
    """The pages of the district, and its users as attributes (`district.editor1`)."""

    home: HomePage
    schools: list[SchoolPage]
    people: dict[str, AbstractUser] = field(default_factory=dict)

    def __getattr__(self, name: str) -> AbstractUser:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def child(self, model: type[PageType]) -> PageType:
        """The index page of a type."""
        return model.objects.child_of(self.home).get()


def make_district(hostname: str = "localhost") -> None:
    """Bootstrap, open two schools, and create a user for each role."""
    home = bootstrap(hostname)
    index = SchoolIndexPage.objects.child_of(home).get()
    schools = [open_school(name, index, **fields) for name, fields in SCHOOLS.items()]
    for number, school in enumerate(schools, start=1):
        create_user(f"editor{number}", Role.SCHOOL_EDITOR, school)
        create_user(f"reviewer{number}", Role.SCHOOL_REVIEWER, school)
    create_user("colleague", Role.SCHOOL_EDITOR, schools[0])
    create_user("section", Role.SECTION_REVIEWER, home)
    create_user("section2", Role.SECTION_REVIEWER, home)
    create_user("final", Role.FINAL_APPROVER, home)
    create_user("web_editor", Role.WEB_EDITOR, home)
    get_user_model().objects.create_superuser("admin", password=PASSWORD)


def find_district() -> District:
    """The district that stands in the test database."""
    home = HomePage.objects.get(locale__language_code="zh-hans")
    schools = [SchoolPage.objects.get(title=name) for name in SCHOOLS]
    users = {user.username: user for user in get_user_model().objects.all()}
    return District(home, schools, users)


def create_user(username: str, role: str, *scopes: Page) -> AbstractUser:
    """A new user who holds `role` at each of the pages `scopes`."""
    user = get_user_model().objects.create_user(username, password=PASSWORD)
    for scope in scopes:
        user.groups.add(role_group(role, scope))
    return user


def brand_draft(school: SchoolPage, author: AbstractUser, **fields: Any) -> BrandPage:
    """A complete brand page saved as a draft by `author`, as the editor's form saves it."""
    defaults = {
        "title": "党旗映彩虹",
        "slogan": "师生共成长",
        "seal_characters": "旗映彩虹",
        "meaning": "<p>七种颜色，七件长期在做的事。</p>",
    }
    page = BrandPage(owner=author, live=False, **(defaults | fields))
    school.add_child(instance=page)
    page.save_revision(user=author)
    return BrandPage.objects.get(pk=page.pk)


def brand_form() -> dict[str, Any]:
    """What the editor's form of `brand_draft` posts."""
    formsets = ("figures", "recognitions", "gallery", "related")
    counts = {f"{name}-{count}_FORMS": 0 for name in formsets for count in ("TOTAL", "INITIAL")}
    return counts | {
        "title": "党旗映彩虹",
        "kind": "school",
        "slogan": "师生共成长",
        "seal_characters": "旗映彩虹",
        "seal_shape": "square",
        "seal_style": "intaglio",
        "seal_colour": "vermilion",
        "cover": "",
        "meaning": json.dumps({"blocks": [{"key": "a", "text": "七件事。"}], "entityMap": {}}),
        "mechanism_code": "",
        "mechanism-count": 0,
        "body-count": 0,
    }


def submit(page: BasePage, author: AbstractUser) -> WorkflowState:
    """Submit the latest revision for review."""
    return page.get_workflow().start(page, author)


def build_decision(
    page: BasePage, action: str = "approve", comment: str = "", **changes: Any
) -> Decision:
    """The decision of a reviewer who has read the whole text as it is now."""
    fields = {
        "digest": content_digest(page, page.get_latest_revision()),
        "ticks": list(ProofreadingItem.values),
        "secrecy": SecrecyResult.OPEN,
    }
    return Decision(action, opinion=comment, **(fields | changes))


def decide(
    page: BasePage, user: AbstractUser, action: str = "approve", comment: str = "", **changes: Any
) -> list[str] | None:
    """Decide as the decision screen does; return the reasons of a refusal, None if done."""
    decision = build_decision(page, action, comment, **changes)
    try:
        decisions.decide(page.current_workflow_task_state, user, decision)
    except Refused as refusal:
        return refusal.reasons
    return None


def decision_form(
    page: BasePage, action: str = "approve", comment: str = "", **changes: Any
) -> dict[str, Any]:
    """What the decision screen posts."""
    decision = build_decision(page, action, comment, **changes)
    return {
        "action": decision.action,
        "digest": decision.digest,
        "comment": decision.opinion,
        "ticks": decision.ticks,
        "secrecy": decision.secrecy,
    }


def fresh(page: PageType) -> PageType:
    """The page as the database has it now."""
    return type(page).objects.get(pk=page.pk)
