"""A district in which random people do random things, and a ledger that knows what may be public.

The ledger hears only of what people did and whether it came about. It does not ask the gate, the
record or the digest: it is an oracle of its own for "everything public passed its rule".
"""

import copy
import datetime
from dataclasses import dataclass, field

import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wagtail.models import Page

from brands.models import BrandPage
from publication import schedule, withdrawal
from review.domain import corrections, urgency
from roles.groups import role_group
from roles.models import Level, Role
from tests.helpers.district import (
    brand_draft,
    brand_form,
    decide,
    find_district,
    fresh,
    read,
    submit,
)

PEOPLE = [
    "editor1", "colleague", "reviewer1", "section", "section2", "final", "web_editor", "admin",
    "editor2", "reviewer2", "busy",
]  # fmt: skip
ORDER = list(Level.values)
WORDS = ["甲", "乙", "丙", "丁", "戊"]
REFUSALS = (PermissionDenied, ValidationError)


@dataclass
class Ledger:
    """What happened to one page, as people saw it."""

    authors: set = field(default_factory=set)
    approved: dict = field(default_factory=dict)
    text: str = ""
    urgency: bool = False
    passed: set = field(default_factory=set)

    def wrote(self, person: str, text: str) -> None:
        self.authors.add(person)
        if text != self.text:
            self.text, self.approved = text, {}

    def approves(self, person: str, level: str) -> None:
        self.approved[level] = person
        levels = ORDER[1:] if self.urgent else ORDER
        people = [self.approved.get(each) for each in levels]
        if all(people) and len(set(people)) == len(people) and not set(people) & self.authors:
            self.passed.add(self.text)

    def begins_anew(self) -> None:
        self.approved = {}


def said(page) -> str:
    """What makes a text another text for the ledger: its words, its place, its dates."""
    return f"{page.slogan}|{page.path[: -page.steplen]}|{page.expire_at}"


class District(RuleBasedStateMachine):
    """Ten people, one of them in every group; two schools; brand pages in every state."""

    def __init__(self):
        super().__init__()
        self.client = Client(raise_request_exception=False)
        self.district = find_district()
        self.ledgers: dict[int, Ledger] = {}
        self.read = {}
        if self.begun:
            self.founded, self.ledgers = self.begun[0], copy.deepcopy(self.begun[1])
        else:
            self.founded = set(Page.objects.live().values_list("pk", flat=True))

    # What `prepare` made before the first walk: (founded pages, ledgers).
    begun: tuple | None = None
    published = by_schedule = 0

    def prepare(self) -> None:
        """Somebody who is in every group; one page that is public, two that wait, one draft."""
        busy = self.district.editor1.__class__.objects.create_user("busy", password="x" * 12)
        school, home = self.district.schools[0], self.district.home
        for role, place in (
            (Role.SCHOOL_EDITOR, school),
            (Role.SCHOOL_REVIEWER, school),
            (Role.SECTION_REVIEWER, home),
            (Role.FINAL_APPROVER, home),
            (Role.WEB_EDITOR, home),
        ):
            busy.groups.add(role_group(role, place))
        self.district.people["busy"] = busy
        for number, steps in enumerate((3, 2, 1)):
            self.add_page("editor1", WORDS[number])
            self.submit("editor1", number)
            self.approve_in_order(number, steps)
        self.add_page("colleague", WORDS[3])

    # --- what people do

    def add_page(self, person, words):
        number = len(self.ledgers)
        page = brand_draft(
            self.district.schools[0],
            self.person(person),
            title=f"品牌{number}",
            kind="branch",
            slogan=words,
        )
        self.ledger(page).wrote(person, said(page))

    def person(self, name):
        return getattr(self.district, name)

    def page(self, number):
        keys = sorted(self.ledgers)
        return fresh(BrandPage.objects.get(pk=keys[number % len(keys)]))

    def ledger(self, page) -> Ledger:
        return self.ledgers.setdefault(page.pk, Ledger())

    def post(self, person, name, *args, **data):
        self.client.force_login(self.person(person))
        self.client.post(reverse(name, args=args), data)

    persons = st.sampled_from(PEOPLE)
    numbers = st.integers(0, 5)
    words = st.sampled_from(WORDS)
    later = st.sampled_from([0, 0, 0, 6, 30])
    # Reviewers among the writers, for that is what must not lead to the public.
    writers = st.sampled_from(["editor1", "colleague", "reviewer1", "section", "final"])

    @initialize(person=writers, words=words, steps=st.sampled_from([0, 1, 2, 3, 3, 3]), hours=later)
    def begin_somewhere(self, person, words, steps, hours):
        """Each walk begins with another past, so that many of them end in public."""
        self.go_the_whole_way(person, words, steps, hours)
        if hours:
            self.time_passes(hours + 1)

    @precondition(lambda self: len(self.ledgers) < 5)
    @rule(person=st.sampled_from(["editor1", "colleague", "busy"]), words=words)
    def write_another(self, person, words):
        self.add_page(person, words)

    @rule(
        person=persons, number=numbers, words=words, in_place=st.booleans(), days=st.integers(0, 2)
    )
    def edit(self, person, number, words, in_place, days):
        page = self.page(number).get_latest_revision_as_object()
        page.slogan = words
        page.expire_at = timezone.now() + datetime.timedelta(days=days) if days else None
        old = page.get_latest_revision() if in_place else None
        try:
            page.save_revision(user=self.person(person), overwrite_revision=old)
        except REFUSALS:
            return
        self.ledger(page).wrote(person, said(page))

    @rule(person=st.sampled_from(["editor1", "colleague", "busy", "admin"]), number=numbers)
    def submit(self, person, number):
        page = self.page(number)
        state = page.current_workflow_state
        if state is None:
            submit(page, self.person(person))
            self.ledger(page).begins_anew()
            self.ledger(page).urgent = False
        elif state.status == "needs_changes":
            state.resume(self.person(person))

    @rule(person=persons, number=numbers)
    def open(self, person, number):
        page = self.page(number)
        self.read[person, page.pk] = read(page)

    @rule(person=persons, number=numbers, stale=st.booleans())
    def approve(self, person, number, stale):
        self.try_to_approve(person, self.page(number), stale)

    @rule(number=numbers, steps=st.integers(1, 3))
    def approve_in_order(self, number, steps):
        for person in ["reviewer1", "section", "final"][:steps]:
            self.try_to_approve(person, self.page(number), stale=False)

    @rule(person=writers, words=words, hours=later)
    def write_and_be_reviewed(self, person, words, hours):
        """The way most texts go, so that walks get far: somebody writes, three people decide."""
        self.go_the_whole_way(person, words, hours=hours)

    @rule(person=writers, words=words, steps=st.integers(1, 2))
    def write_and_be_reviewed_in_part(self, person, words, steps):
        self.go_the_whole_way(person, words, steps)

    def go_the_whole_way(self, person, words, steps=3, hours=0):
        for number in range(len(self.ledgers)):
            if not self.page(number).workflow_in_progress:
                self.edit(person, number, words, in_place=False, days=0)
                if hours:
                    self.plan(number, person, hours)
                self.submit("editor1", number)
                self.approve_in_order(number, steps)
                return

    def try_to_approve(self, person, page, stale):
        state = page.current_workflow_task_state
        if state is None:
            return
        level = state.task.specific.level
        opened = self.read.get((person, page.pk)) if stale else None
        changes = {"digest": opened.digest} if opened else {}
        if decide(page, self.person(person), **changes) is None:
            self.ledger(page).approves(person, str(level))
            District.published += level == Level.FINAL

    @rule(person=persons, number=numbers)
    def send_back(self, person, number):
        page = self.page(number)
        if page.current_workflow_task_state is None:
            return
        if decide(page, self.person(person), "reject", "请改。") is None:
            self.ledger(page).begins_anew()

    @rule(person=persons, number=numbers)
    def call_the_item_back(self, person, number):
        page = self.page(number)
        form = brand_form() | {"action-cancel-workflow": "1"}
        self.post(person, "wagtailadmin_pages:edit", page.pk, **form)
        self.after_a_post(person, page)

    @rule(person=persons, number=numbers, words=words)
    def correct(self, person, number, words):
        page = self.page(number)
        state = page.current_workflow_task_state
        if state is None:
            return
        text = page.get_latest_revision_as_object()
        text.slogan = words
        try:
            corrections.correct(state, self.person(person), text, "改一个字。", read(page).digest)
        except REFUSALS:
            return
        ledger = self.ledger(page)
        ledger.wrote(person, said(text))
        ledger.begins_anew()

    @rule(person=persons, number=numbers)
    def mark_urgent(self, person, number):
        page = self.page(number)
        state = page.current_workflow_task_state
        if state is None:
            return
        try:
            urgency.mark_urgent(state, self.person(person), "汛情通知。")
        except REFUSALS:
            return
        self.ledger(page).urgent = True

    @rule(person=persons, number=numbers)
    def withdraw(self, person, number):
        page = self.page(number)
        try:
            withdrawal.withdraw(page, self.person(person), "内容有误。")
        except REFUSALS:
            return
        self.ledger(page).passed.clear()

    @rule(number=numbers, person=persons, hours=st.integers(1, 40))
    def plan(self, number, person, hours):
        page = self.page(number).get_latest_revision_as_object()
        page.go_live_at = timezone.now() + datetime.timedelta(hours=hours)
        try:
            page.save_revision(user=self.person(person))
        except REFUSALS:
            return
        self.ledger(page).wrote(person, f"{said(page)}|{page.go_live_at}")
        self.ledger(page).text = said(page)
        self.ledger(page).approved = {}

    @rule(hours=st.integers(0, 80))
    def time_passes(self, hours):
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=hours), tick=False):
            District.by_schedule += schedule.run_due()["published"]

    @rule(person=persons, number=numbers)
    def call_the_schedule_back(self, person, number):
        try:
            schedule.call_back(self.page(number), self.person(person), "再等一等。")
        except REFUSALS:
            return

    @rule(person=persons, number=numbers, published=st.booleans(), alias=st.booleans())
    def copy(self, person, number, published, alias):
        page = self.page(number)
        school = self.district.schools[0].pk
        form = {"new_title": "副本", "new_slug": f"copy-{len(self.ledgers)}-{number}"}
        form |= {"new_parent_page": school, "copy_subpages": ""}
        form |= {"publish_copies": "on"} if published else {}
        form |= {"alias": "on"} if alias else {}
        self.post(person, "wagtailadmin_pages:copy", page.pk, **form)
        for copied in BrandPage.objects.exclude(pk__in=[*self.ledgers, *self.founded]):
            self.ledger(copied).wrote(person, said(copied))

    @rule(person=persons, number=numbers)
    def move(self, person, number):
        page = self.page(number)
        destination = self.district.schools[1 if page.path.startswith(self.home_school()) else 0]
        self.post(person, "wagtailadmin_pages:move_confirm", page.pk, destination.pk)
        moved = fresh(page)
        if moved.path != page.path:
            ledger = self.ledger(page)
            ledger.text, ledger.approved = said(moved.get_latest_revision_as_object()), {}

    def home_school(self):
        return self.district.schools[0].path

    @rule(person=persons, number=numbers)
    def translate(self, person, number):
        english = self.district.home.get_translations().get().locale_id
        form = {"locales": [english], "include_subtree": "on"}
        address = "wagtail_localize:submit_page_translation"
        self.post(person, address, self.page(number).pk, **form)

    @rule(
        person=persons,
        number=numbers,
        door=st.sampled_from(["action-publish", "action-submit", "action-restart-workflow"]),
        words=words,
    )
    def post_the_form(self, person, number, door, words):
        page = self.page(number)
        form = brand_form() | {"kind": "branch", "slogan": words, door: "1"}
        self.post(person, "wagtailadmin_pages:edit", page.pk, **form)
        self.after_a_post(person, page)

    def after_a_post(self, person, page):
        """A form may have saved a version in this person's name."""
        if not BrandPage.objects.filter(pk=page.pk).exists():
            return
        now = fresh(page)
        if now.latest_revision_id != page.latest_revision_id:
            self.ledger(page).wrote(person, said(now.get_latest_revision_as_object()))

    @rule(person=persons, number=numbers, door=st.sampled_from(["unpublish", "delete"]))
    def press(self, person, number, door):
        page = self.page(number)
        if door == "delete" and not page.live and len(self.ledgers) < 2:
            return
        self.post(person, f"wagtailadmin_pages:{door}", page.pk)
        if not BrandPage.objects.filter(pk=page.pk).exists():
            assert not page.live
            del self.ledgers[page.pk]

    # --- what must hold

    @invariant()
    def everything_public_passed_its_rule(self):
        for page in BrandPage.objects.live():
            passed = self.ledger(page).passed
            assert said(page) in passed, f"{page.slogan} is public, passed: {passed}"
            latest = self.ledger(page)
            if page.live_revision_id == page.latest_revision_id:
                # What follows is another submission, with authors of its own.
                latest.authors = set()
        others = set(Page.objects.live().values_list("pk", flat=True)) - set(self.ledgers)
        assert others <= self.founded

    @invariant()
    def nothing_founded_has_gone(self):
        assert Page.objects.live().filter(pk__in=self.founded).count() == len(self.founded)

    def proofs(self) -> list[str]:
        """What the record itself finds wrong."""
        from audit import verification

        return [str(problem) for problem in verification.find_problems()]

    def teardown(self):
        assert self.proofs() == []
