"""What the state machine stands on: its model of each page, and steps made of several acts."""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from hypothesis.stateful import RuleBasedStateMachine
from wagtail.models import Page

from brands.models import BrandPage
from review.domain.decisions import Decision
from roles.groups import role_group
from roles.models import Level, Role
from tests.helpers.district import brand_draft, create_user, decide, find_district, fresh

LEVELS = list(Level.values)
SLOGANS = ["甲", "乙", "丙", "丁", "戊"]


@dataclass
class ExpectedPage:
    """What happened to one page, as people saw it."""

    authors: set[str] = field(default_factory=set)
    approvers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    urgent: bool = False
    passed_texts: set[str] = field(default_factory=set)

    def write(self, username: str, text: str) -> None:
        """Note an author; another text has no approvals."""
        self.authors.add(username)
        if text != self.text:
            self.text, self.approvers = text, {}

    def approve(self, username: str, level: str) -> None:
        """Note an approval; the text has passed if it was the last one that was required."""
        self.approvers[level] = username
        required = LEVELS[1:] if self.urgent else LEVELS
        approvers = [self.approvers.get(each) for each in required]
        distinct = set(approvers)
        if all(approvers) and len(distinct) == len(approvers) and not distinct & self.authors:
            self.passed_texts.add(self.text)

    def restart(self) -> None:
        """Void all approvals."""
        self.approvers = {}


def text_of(page: BrandPage) -> str:
    """What makes a text another text for the model: its slogan, its place, its end."""
    return f"{page.slogan}|{page.path[: -page.steplen]}|{page.expire_at}"


class DistrictSteps(RuleBasedStateMachine):
    """Ten people, one of them in every group; two schools; brand pages in every state."""

    # What `prepare` made before the first run: (public pages, expected pages).
    initial_state: tuple[set[int], dict[int, ExpectedPage]] | None = None
    published = published_by_schedule = 0

    def __init__(self) -> None:
        super().__init__()
        self.client = Client(raise_request_exception=False)
        self.district = find_district()
        self.expected: dict[int, ExpectedPage] = {}
        self.opened: dict[tuple[str, int], Decision] = {}
        if self.initial_state:
            self.public_at_start, expected = self.initial_state
            self.expected = copy.deepcopy(expected)
        else:
            self.public_at_start = set(Page.objects.live().values_list("pk", flat=True))

    def prepare(self) -> None:
        """Somebody who is in every group; one page that is public, two that wait, one draft."""
        school, home = self.district.schools[0], self.district.home
        user = create_user("everywhere", Role.SCHOOL_EDITOR, school)
        for role, scope in (
            (Role.SCHOOL_REVIEWER, school),
            (Role.SECTION_REVIEWER, home),
            (Role.FINAL_APPROVER, home),
            (Role.WEB_EDITOR, home),
        ):
            user.groups.add(role_group(role, scope))
        self.district.people["everywhere"] = user
        for number, levels in enumerate((3, 2, 1)):
            self.add_page("editor1", SLOGANS[number])
            self.submit("editor1", number)
            self.approve_in_order(number, levels)
        self.add_page("colleague", SLOGANS[3])

    def add_page(self, username: str, slogan: str) -> None:
        """A new draft in the first school."""
        page = brand_draft(
            self.district.schools[0],
            self.user(username),
            title=f"品牌{len(self.expected)}",
            kind="branch",
            slogan=slogan,
        )
        self.expectation(page).write(username, text_of(page))

    def user(self, username: str) -> AbstractUser:
        """The user of this name."""
        return getattr(self.district, username)

    def page(self, number: int) -> BrandPage:
        """One of the pages, for any number."""
        keys = sorted(self.expected)
        return BrandPage.objects.get(pk=keys[number % len(keys)])

    def expectation(self, page: Page) -> ExpectedPage:
        """What is known of this page; nothing, if it is new."""
        return self.expected.setdefault(page.pk, ExpectedPage())

    def post(self, username: str, view: str, *args: Any, **data: Any) -> None:
        """Post a form as this user."""
        self.client.force_login(self.user(username))
        self.client.post(reverse(view, args=args), data)

    def try_to_approve(self, username: str, page: BrandPage, stale: bool) -> None:
        """Approve, on the digest of now or of when this user last opened the page."""
        state = page.current_workflow_task_state
        if state is None:
            return
        level = state.task.specific.level
        opened = self.opened.get((username, page.pk)) if stale else None
        changes = {"digest": opened.digest} if opened else {}
        if decide(page, self.user(username), **changes) is None:
            self.expectation(page).approve(username, str(level))
            DistrictSteps.published += level == Level.FINAL

    def write_and_review(self, username: str, slogan: str, levels: int = 3, hours: int = 0) -> None:
        """Write the first page that is not in review, submit it, approve it at some levels."""
        for number in range(len(self.expected)):
            if not self.page(number).workflow_in_progress:
                self.edit(username, number, slogan, in_place=False, days=0)
                if hours:
                    self.set_publication_date(number, username, hours)
                self.submit("editor1", number)
                self.approve_in_order(number, levels)
                return

    def note_new_revision(self, username: str, page: BrandPage) -> None:
        """A form may have saved a revision in this user's name."""
        if not BrandPage.objects.filter(pk=page.pk).exists():
            return
        now = fresh(page)
        if now.latest_revision_id != page.latest_revision_id:
            text = text_of(now.get_latest_revision_as_object())
            self.expectation(page).write(username, text)
