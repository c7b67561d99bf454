"""The three tasks of the one workflow. Who, what and in which order is asked of the gate."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Task, TaskState, WorkflowState

from accounts.models import User
from review import permissions, queue
from review.domain import submissions
from review.domain.gate import Submission
from roles.models import Level


class ReviewLock(WorkflowLock):
    """While an item waits for a decision its text stands still for everybody."""

    def for_user(self, user: User) -> bool:
        return True

    def get_message(self, user: User) -> str:
        message = _("Waiting for “%(task)s”. The text cannot be changed until the decision.")
        return message % {"task": self.task.name}

    def get_description(self, user: User, can_lock: bool = False) -> str | Promise:
        return _("Reviewers read and decide; the author can call the item back to change it.")


class ReviewTask(Task):
    """One level of review, for every school and district (reviewers are found by ancestry)."""

    level: str
    description: str | Promise
    lock_class = ReviewLock
    admin_form_fields = ["name"]

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Start the level, or answer SKIPPED (does not apply) or CANCELLED (too early).

        After CANCELLED Wagtail looks for the next open task from the first on, so that resuming,
        restarting and re-approving all lead to the first level that is owed.
        """
        task_state = super().start(workflow_state, user=user)
        submission = Submission(workflow_state.content_object.specific, workflow_state)
        if self.level not in submission.levels:
            return self._end(task_state, TaskState.STATUS_SKIPPED)
        owed = submission.owed_level
        if owed and owed != self.level and submissions.reopen_task(workflow_state, owed):
            return self._end(task_state, TaskState.STATUS_CANCELLED)
        submissions.start_level(task_state, self.level, submission, user)
        return task_state

    @staticmethod
    def _end(task_state: TaskState, status: str) -> TaskState:
        task_state.status = status
        task_state.save()
        return task_state

    @classmethod
    def get_description(cls) -> str | Promise:
        return cls.description

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> str:
        """Decide nothing: return the one screen that binds a decision to the text it shows."""
        return reverse("review_decide", args=[task_state.pk])

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        # None for Wagtail's own menus; deciding is offered by `review.wagtail_hooks.edit`.
        return []

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return permissions.may_open_decision(user, obj, self.level)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return True

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return False

    def user_can_unlock(self, obj: Page, user: User) -> bool:
        return False

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        """Return the waiting items of this level that `user` may decide on."""
        items = queue.waiting_for(user).filter(level=self.level)
        states: QuerySet[TaskState] = TaskState.objects.filter(task=self)
        return states.filter(pk__in=items.values("pk"))


class SchoolReview(ReviewTask):
    """The first level of a school's items."""

    level = Level.SCHOOL
    description = _("The school's own reviewers decide (first review).")

    class Meta:
        verbose_name = _("school review")
        verbose_name_plural = _("school reviews")


class SectionReview(ReviewTask):
    """The level that answers for secrecy, if the rules ask for it."""

    level = Level.SECTION
    description = _("The committee's section decides, with secrecy review (second review).")

    class Meta:
        verbose_name = _("section review")
        verbose_name_plural = _("section reviews")


class FinalApproval(ReviewTask):
    """The last level, if the rules ask for it: then its approval publishes."""

    level = Level.FINAL
    description = _("The committee decides; approval publishes (final review).")

    class Meta:
        verbose_name = _("final approval")
        verbose_name_plural = _("final approvals")
