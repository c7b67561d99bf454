"""The three tasks of the one workflow. Who, what and in which order is asked of the gate."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState

from review import queue
from review.domain import gate
from roles import reviewers
from roles.models import Level


class ReviewLock(WorkflowLock):
    """While an item waits for a decision its text stands still for everybody."""

    def for_user(self, user):
        return True

    def get_message(self, user):
        return _("Waiting for “%(task)s”. The text stands still until the decision.") % {
            "task": self.task.name
        }

    def get_description(self, user, can_lock=False):
        return _("Reviewers read and decide; the author can call the item back to change it.")


class ReviewTask(Task):
    """One level of review, for every school and district (reviewers are found by ancestry)."""

    level: str
    lock_class = ReviewLock
    admin_form_fields = ["name"]

    class Meta:
        abstract = True

    def start(self, workflow_state, user=None):
        """Start the level, or answer SKIPPED (does not apply) or CANCELLED (too early).

        After CANCELLED Wagtail looks for the next open task from the first on, so that resuming,
        restarting and re-approving all lead to the first level that is owed.
        """
        task_state = super().start(workflow_state, user=user)
        case = gate.Submission(workflow_state.content_object.specific, workflow_state)
        if self.level not in case.levels:
            return self._end(task_state, TaskState.STATUS_SKIPPED)
        owed = case.owed_level
        if owed != self.level and self.reopen(owed, workflow_state):
            return self._end(task_state, TaskState.STATUS_CANCELLED)
        queue.enter(task_state, self.level, case, user)
        return task_state

    @staticmethod
    def _end(task_state, status):
        task_state.status = status
        task_state.save()
        return task_state

    @staticmethod
    def reopen(level, workflow_state) -> bool:
        """Have Wagtail find the task of `level` open; False if that task is switched off.

        Then the item stays here and the gate says why, instead of Wagtail looking for ever.
        """
        active = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow, active=True)
        owed = [task for task in active if getattr(task.specific, "level", None) == level]
        # Wagtail counts what was approved of this revision; we count this content, at this place.
        counted = [TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED]
        workflow_state.task_states.filter(task__in=owed, status__in=counted).update(
            status=TaskState.STATUS_CANCELLED
        )
        return bool(owed)

    def on_action(self, task_state, user, action_name, **kwargs):
        """Decide nothing: lead to the one screen that binds a decision to the text it shows."""
        return reverse("review_decide", args=[task_state.pk])

    def get_actions(self, obj, user):
        # None for Wagtail's own menus; deciding is offered by `review.wagtail_hooks.edit`.
        return []

    def user_can_access_editor(self, obj, user):
        return reviewers.is_reviewer(user, obj, self.level)

    def locked_for_user(self, obj, user):
        return True

    def user_can_lock(self, obj, user):
        return False

    def user_can_unlock(self, obj, user):
        return False

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Waiting items of this level that `user` may decide on."""
        items = queue.waiting_for(user).filter(level=self.level)
        return TaskState.objects.filter(task=self, pk__in=items.values("pk"))


class SchoolReview(ReviewTask):
    level = Level.SCHOOL

    class Meta:
        verbose_name = _("school review")
        verbose_name_plural = _("school reviews")

    @classmethod
    def get_description(cls):
        return _("The school's own reviewers decide (first review).")


class SectionReview(ReviewTask):
    level = Level.SECTION

    class Meta:
        verbose_name = _("section review")
        verbose_name_plural = _("section reviews")

    @classmethod
    def get_description(cls):
        return _("The committee's section decides, with secrecy review (second review).")


class FinalApproval(ReviewTask):
    level = Level.FINAL

    class Meta:
        verbose_name = _("final approval")
        verbose_name_plural = _("final approvals")

    @classmethod
    def get_description(cls):
        return _("The committee decides; approval publishes (final review).")
