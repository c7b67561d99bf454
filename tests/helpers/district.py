"""A small district for tests, made by the same functions as demo and production.

Nobody is made twice: one person per role, and two of the roles that must be distinct.
"""

import json
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from wagtail.models import Page

from audit.content_digest import content_digest
from audit.proofreading import ProofreadingItem, SecrecyResult
from brands.models import BrandPage
from core.publishing.refusals import Refused
from district.bootstrap import bootstrap
from district.school_opening import open_school
from home.models import HomePage
from review.domain import decisions
from review.domain.decisions import Decision
from roles.groups import role_group
from roles.models import Role
from schools.models import SchoolIndexPage, SchoolPage

PASSWORD = "correct-horse-battery-7"


@dataclass
class District:
    """Pages and people by name."""

    home: HomePage
    schools: list[SchoolPage]
    people: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def child(self, model):
        """The index page of a type."""
        return model.objects.child_of(self.home).get()


SCHOOLS = {
    "东门大街小学": {"stage": "primary", "township": "古槐街道"},
    "第十三中学": {"stage": "junior", "township": "南张街道"},
}


def make_district(hostname: str = "localhost") -> None:
    """Bootstrap, two schools, and the people of domain.md."""
    home = bootstrap(hostname)
    index = SchoolIndexPage.objects.child_of(home).get()
    schools = [open_school(name, index, **fields) for name, fields in SCHOOLS.items()]
    for number, school in enumerate(schools, start=1):
        person(f"editor{number}", Role.SCHOOL_EDITOR, school)
        person(f"reviewer{number}", Role.SCHOOL_REVIEWER, school)
    person("colleague", Role.SCHOOL_EDITOR, schools[0])
    person("section", Role.SECTION_REVIEWER, home)
    person("section2", Role.SECTION_REVIEWER, home)
    person("final", Role.FINAL_APPROVER, home)
    person("web_editor", Role.WEB_EDITOR, home)
    get_user_model().objects.create_superuser("admin", password=PASSWORD)


def find_district() -> District:
    """The district that stands in the test database."""
    home = HomePage.objects.get(locale__language_code="zh-hans")
    schools = [SchoolPage.objects.get(title=name) for name in SCHOOLS]
    people = {user.username: user for user in get_user_model().objects.all()}
    return District(home, schools, people)


def person(username: str, role: str, *places: Page):
    """A new account that holds `role` at each of `places`."""
    user = get_user_model().objects.create_user(username, password=PASSWORD)
    for place in places:
        user.groups.add(role_group(role, place))
    return user


def brand_draft(school: SchoolPage, author, **fields) -> BrandPage:
    """A complete brand page saved as a draft by `author`, as the editor's form saves it."""
    fields = {
        "title": "党旗映彩虹",
        "slogan": "师生共成长",
        "seal_characters": "旗映彩虹",
        "meaning": "<p>七种颜色，七件长期在做的事。</p>",
    } | fields
    page = BrandPage(owner=author, live=False, **fields)
    school.add_child(instance=page)
    page.save_revision(user=author)
    return BrandPage.objects.get(pk=page.pk)


def brand_form() -> dict:
    """What the editor's form of `brand_draft` posts."""
    lists = ("figures", "recognitions", "gallery", "related")
    counts = {f"{name}-{what}_FORMS": 0 for name in lists for what in ("TOTAL", "INITIAL")}
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


def submit(page, author):
    """Submit the latest revision for review; returns the workflow state."""
    return page.get_workflow().start(page, author)


def read(page, action="approve", comment="", **changes) -> Decision:
    """What a reviewer says who has read the whole text as it is now."""
    digest = content_digest(page, page.get_latest_revision())
    said = {"digest": digest, "ticks": list(ProofreadingItem.values), "secrecy": SecrecyResult.OPEN}
    return Decision(action, opinion=comment, **(said | changes))


def decide(page, user, action="approve", comment="", **changes):
    """Decide as the decision screen does; returns the reasons of a refusal (None: done)."""
    try:
        decisions.decide(
            page.current_workflow_task_state, user, read(page, action, comment, **changes)
        )
    except Refused as refusal:
        return refusal.reasons
    return None


def decision_form(page, action="approve", comment="", **changes) -> dict:
    """What the decision screen posts."""
    said = read(page, action, comment, **changes)
    return {
        "action": said.action,
        "digest": said.digest,
        "comment": said.opinion,
        "ticks": said.ticks,
        "secrecy": said.secrecy,
    }


def fresh(page):
    """The page as the database has it now."""
    return type(page).objects.get(pk=page.pk)
