"""The three tasks of the one workflow. Who, what and in which order is asked of the gate."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from moderation import decisions, gate, rules
from moderation.digest import content_digest
from moderation.forms import ReturnForm
from moderation.models.record import RecordEntry
from moderation.models.rules import DECIDING_ROLE, Level, RoleGroup


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
        page = workflow_state.content_object.specific
        if self.level not in rules.required_levels(page):
            return self._end(task_state, TaskState.STATUS_SKIPPED)
        owed = gate.owed_level(page, workflow_state, content_digest(page, task_state.revision))
        if owed != self.level and self._reopen(owed, workflow_state):
            return self._end(task_state, TaskState.STATUS_CANCELLED)
        return task_state

    @staticmethod
    def _end(task_state, status):
        task_state.status = status
        task_state.save()
        return task_state

    @staticmethod
    def _reopen(level, workflow_state) -> bool:
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

    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Decide; where the gate refuses, nothing is written and its reasons are shown."""
        try:
            with transaction.atomic():
                decisions.decide(self, task_state, user, action_name, comment)
        except gate.Refused:
            return reverse("moderation_refused", args=[task_state.pk])
        return None

    def get_actions(self, obj, user):
        return decisions.actions(self, obj, user)

    def get_form_for_action(self, action):
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def user_can_access_editor(self, obj, user):
        return rules.is_reviewer(user, obj, self.level)

    def locked_for_user(self, obj, user):
        return True

    def user_can_lock(self, obj, user):
        return False

    def user_can_unlock(self, obj, user):
        return False

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Waiting items of this level that `user` may decide on, by ancestry of the page."""
        scopes = RoleGroup.objects.filter(
            role=DECIDING_ROLE[Level(self.level)], group__user=user
        ).values("scope_key")
        paths = Page.objects.filter(translation_key__in=scopes).values_list("path", flat=True)
        inside = Q(pk__in=[])
        for path in paths:
            inside |= Q(path__startswith=path)
        pages = (
            Page.objects.filter(inside)
            .annotate(object_id=Cast("pk", models.CharField(max_length=255)))
            .exclude(Exists(_written_by(user)))
        )
        return TaskState.objects.filter(
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=pages.values("object_id"),
        ).exclude(Exists(_decided_by(user, self.level)))


def _written_by(user):
    return Revision.objects.filter(
        user=user,
        object_id=Cast(OuterRef("pk"), models.CharField(max_length=255)),
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        pk__gt=Coalesce(OuterRef("live_revision_id"), 0),
    )


def _decided_by(user, level):
    return RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL,
        user_id=user.pk,
        revision_id=OuterRef("revision_id"),
        workflow_state_id=OuterRef("workflow_state_id"),
    ).exclude(level=level)


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
