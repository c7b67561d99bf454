"""A district in which random people do random things, and a model of what may be public.

The model hears only of what people did and whether it succeeded. It does not ask the gate, the
record or the digest: it is an oracle of its own for “everything public passed its rule”.
"""

import datetime

import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from wagtail.models import Page

from audit import verification
from brands.models import BrandPage
from publication import schedule, withdrawal
from review.domain import corrections
from tests.helpers.district import brand_form, build_decision, decide, fresh, submit
from tests.helpers.state_machine_steps import SLOGANS, DistrictSteps, text_of
from urgency import domain as urgency

USERNAMES = [
    "editor1", "colleague", "reviewer1", "section", "section2", "final", "web_editor", "admin",
    "editor2", "reviewer2", "everywhere",
]  # fmt: skip
REFUSALS = (PermissionDenied, ValidationError)


class DistrictMachine(DistrictSteps):
    """Ten people, one of them in every group; two schools; brand pages in every state."""

    users = st.sampled_from(USERNAMES)
    numbers = st.integers(0, 5)
    slogans = st.sampled_from(SLOGANS)
    hours_ahead = st.sampled_from([0, 0, 0, 6, 30])
    # Reviewers among the writers, for that is what must not lead to the public.
    writers = st.sampled_from(["editor1", "colleague", "reviewer1", "section", "final"])

    @initialize(
        username=writers,
        slogan=slogans,
        levels=st.sampled_from([0, 1, 2, 3, 3, 3]),
        hours=hours_ahead,
    )
    def begin_somewhere(self, username, slogan, levels, hours):
        """Each run begins with another past, so that many of them end in public."""
        self.write_and_review(username, slogan, levels, hours)
        if hours:
            self.time_passes(hours + 1)

    @precondition(lambda self: len(self.expected) < 5)
    @rule(username=st.sampled_from(["editor1", "colleague", "everywhere"]), slogan=slogans)
    def write_another(self, username, slogan):
        self.add_page(username, slogan)

    @rule(
        username=users,
        number=numbers,
        slogan=slogans,
        in_place=st.booleans(),
        days=st.integers(0, 2),
    )
    def edit(self, username, number, slogan, in_place, days):
        page = self.page(number).get_latest_revision_as_object()
        page.slogan = slogan
        page.expire_at = timezone.now() + datetime.timedelta(days=days) if days else None
        overwritten = page.get_latest_revision() if in_place else None
        try:
            page.save_revision(user=self.user(username), overwrite_revision=overwritten)
        except REFUSALS:
            return
        self.expectation(page).write(username, text_of(page))

    @rule(username=st.sampled_from(["editor1", "colleague", "everywhere", "admin"]), number=numbers)
    def submit(self, username, number):
        page = self.page(number)
        state = page.current_workflow_state
        if state is None:
            submit(page, self.user(username))
            self.expectation(page).restart()
            self.expectation(page).urgent = False
        elif state.status == "needs_changes":
            state.resume(self.user(username))

    @rule(username=users, number=numbers)
    def open(self, username, number):
        page = self.page(number)
        self.opened[username, page.pk] = build_decision(page)

    @rule(username=users, number=numbers, stale=st.booleans())
    def approve(self, username, number, stale):
        self.try_to_approve(username, self.page(number), stale)

    @rule(number=numbers, levels=st.integers(1, 3))
    def approve_in_order(self, number, levels):
        for username in ["reviewer1", "section", "final"][:levels]:
            self.try_to_approve(username, self.page(number), stale=False)

    @rule(username=writers, slogan=slogans, hours=hours_ahead)
    def write_and_be_reviewed(self, username, slogan, hours):
        """The way most texts go, so that runs get far: somebody writes, three people decide."""
        self.write_and_review(username, slogan, hours=hours)

    @rule(username=writers, slogan=slogans, levels=st.integers(1, 2))
    def write_and_be_reviewed_in_part(self, username, slogan, levels):
        self.write_and_review(username, slogan, levels)

    @rule(username=users, number=numbers)
    def send_back(self, username, number):
        page = self.page(number)
        if page.current_workflow_task_state is None:
            return
        if decide(page, self.user(username), "reject", "请改。") is None:
            self.expectation(page).restart()

    @rule(username=users, number=numbers)
    def cancel_workflow(self, username, number):
        page = self.page(number)
        form = brand_form() | {"action-cancel-workflow": "1"}
        self.post(username, "wagtailadmin_pages:edit", page.pk, **form)
        self.note_new_revision(username, page)

    @rule(username=users, number=numbers, slogan=slogans)
    def correct(self, username, number, slogan):
        page = self.page(number)
        state = page.current_workflow_task_state
        if state is None:
            return
        corrected = page.get_latest_revision_as_object()
        corrected.slogan = slogan
        digest = build_decision(page).digest
        try:
            corrections.correct(state, self.user(username), corrected, "改一个字。", digest)
        except REFUSALS:
            return
        expectation = self.expectation(page)
        expectation.write(username, text_of(corrected))
        expectation.restart()

    @rule(username=users, number=numbers)
    def mark_urgent(self, username, number):
        page = self.page(number)
        state = page.current_workflow_task_state
        if state is None:
            return
        try:
            urgency.mark_urgent(state, self.user(username), "汛情通知。")
        except REFUSALS:
            return
        self.expectation(page).urgent = True

    @rule(username=users, number=numbers)
    def withdraw(self, username, number):
        page = self.page(number)
        try:
            withdrawal.withdraw(page, self.user(username), "内容有误。")
        except REFUSALS:
            return
        self.expectation(page).passed_texts.clear()

    @rule(number=numbers, username=users, hours=st.integers(1, 40))
    def set_publication_date(self, number, username, hours):
        page = self.page(number).get_latest_revision_as_object()
        page.go_live_at = timezone.now() + datetime.timedelta(hours=hours)
        try:
            page.save_revision(user=self.user(username))
        except REFUSALS:
            return
        expectation = self.expectation(page)
        expectation.write(username, text_of(page))
        # Another date is another content for the review, though not for readers.
        expectation.restart()

    @rule(hours=st.integers(0, 80))
    def time_passes(self, hours):
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=hours), tick=False):
            DistrictSteps.published_by_schedule += schedule.run_due()["published"]

    @rule(username=users, number=numbers)
    def call_back_scheduled(self, username, number):
        try:
            schedule.call_back(self.page(number), self.user(username), "再等一等。")
        except REFUSALS:
            return

    @rule(username=users, number=numbers, published=st.booleans(), alias=st.booleans())
    def copy(self, username, number, published, alias):
        form = {"new_title": "副本", "new_slug": f"copy-{len(self.expected)}-{number}"}
        form |= {"new_parent_page": self.district.schools[0].pk, "copy_subpages": ""}
        form |= {"publish_copies": "on"} if published else {}
        form |= {"alias": "on"} if alias else {}
        self.post(username, "wagtailadmin_pages:copy", self.page(number).pk, **form)
        for copied in BrandPage.objects.exclude(pk__in=[*self.expected, *self.public_at_start]):
            self.expectation(copied).write(username, text_of(copied))

    @rule(username=users, number=numbers)
    def move(self, username, number):
        page = self.page(number)
        own, other = self.district.schools
        destination = other if page.path.startswith(own.path) else own
        self.post(username, "wagtailadmin_pages:move_confirm", page.pk, destination.pk)
        moved = fresh(page)
        if moved.path != page.path:
            expectation = self.expectation(page)
            expectation.text = text_of(moved.get_latest_revision_as_object())
            expectation.restart()

    @rule(username=users, number=numbers)
    def translate(self, username, number):
        english = self.district.home.get_translations().get().locale_id
        form = {"locales": [english], "include_subtree": "on"}
        view = "wagtail_localize:submit_page_translation"
        self.post(username, view, self.page(number).pk, **form)

    @rule(
        username=users,
        number=numbers,
        action=st.sampled_from(["action-publish", "action-submit", "action-restart-workflow"]),
        slogan=slogans,
    )
    def post_edit_form(self, username, number, action, slogan):
        page = self.page(number)
        form = brand_form() | {"kind": "branch", "slogan": slogan, action: "1"}
        self.post(username, "wagtailadmin_pages:edit", page.pk, **form)
        self.note_new_revision(username, page)

    @rule(username=users, number=numbers, view=st.sampled_from(["unpublish", "delete"]))
    def unpublish_or_delete(self, username, number, view):
        page = self.page(number)
        if view == "delete" and not page.live and len(self.expected) < 2:
            return
        self.post(username, f"wagtailadmin_pages:{view}", page.pk)
        if not BrandPage.objects.filter(pk=page.pk).exists():
            assert not page.live
            del self.expected[page.pk]

    # --- what must hold

    @invariant()
    def everything_public_passed_its_rule(self):
        for page in BrandPage.objects.live():
            expectation = self.expectation(page)
            passed = expectation.passed_texts
            assert text_of(page) in passed, f"{page.slogan} is public, passed: {passed}"
            if page.live_revision_id == page.latest_revision_id:
                # What follows is another submission, with authors of its own.
                expectation.authors = set()
        others = set(Page.objects.live().values_list("pk", flat=True)) - set(self.expected)
        assert others <= self.public_at_start

    @invariant()
    def nothing_public_at_start_is_gone(self):
        still_public = Page.objects.live().filter(pk__in=self.public_at_start)
        assert still_public.count() == len(self.public_at_start)

    def teardown(self):
        """The record itself finds nothing wrong."""
        assert [str(problem) for problem in verification.find_problems()] == []
