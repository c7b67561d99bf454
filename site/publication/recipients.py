"""Whom a publication concerns: writers, final approvers, and who may check it afterwards."""

from django.contrib.auth import get_user_model
from wagtail.models import Page, WorkflowState

from audit import record
from audit.models import RecordEntry
from roles import reviewers
from roles.level_rules import level_rule
from roles.models import Level


def users_with_ids(ids):
    """The accounts with these ids."""
    return get_user_model().objects.filter(pk__in=ids)


def final_approvers(district_key):
    """The district's final approvers, deputies included."""
    return reviewers.reviewers_at([district_key], Level.FINAL)


def writers(entry) -> set[int]:
    """Ids of who submitted and who wrote what `entry` is about, since the version before it.

    By the record, not by what is live: when a publication is announced the page is live already.
    """
    entries = RecordEntry.objects.filter(page_id=entry.page_id, pk__lt=entry.pk)
    public = entries.filter(kind__in=record.WENT_PUBLIC).order_by("-pk")
    # What is withdrawn or looked at is the last version; its writers came after the one before.
    last = int(entry.kind in (RecordEntry.Kind.WITHDRAWAL, RecordEntry.Kind.POST_PUBLICATION_CHECK))
    before = public.values_list("revision_id", flat=True)[last : last + 1]
    page = Page.objects.filter(pk=entry.page_id).first()
    if page is None:
        return set()
    revisions = page.revisions.exclude(user=None).filter(pk__lte=entry.revision_id or 0)
    for number in before:
        revisions = revisions.filter(pk__gt=number or 0)
    return set(revisions.values_list("user_id", flat=True)) | submitters(entry)


def submitters(entry) -> set[int]:
    """Who handed the text in, in the submission that `entry` belongs to."""
    states = WorkflowState.objects.filter(pk=entry.workflow_state_id).exclude(requested_by=None)
    return set(states.values_list("requested_by", flat=True))


def users_who_may_edit(ids, page) -> set[int]:
    """Of these people, those who may edit the page now."""
    page = page.specific
    found = users_with_ids(ids).filter(is_active=True, is_superuser=False)
    return {user.pk for user in found if page.permissions_for_user(user).can_edit()}


def post_publication_checkers(urgency):
    """Who may take the third look at an urgent item: reviewers who neither wrote nor approved."""
    page = Page.objects.filter(pk=urgency.page_id).first()
    entries = RecordEntry.objects.filter(workflow_state_id=urgency.workflow_state_id)
    published = entries.filter(kind=RecordEntry.Kind.PUBLICATION).last()
    if page is None or published is None:
        return users_with_ids([])
    approved = entries.filter(kind=RecordEntry.Kind.APPROVAL).values_list("user_id", flat=True)
    rule = level_rule(page)
    ids = reviewers.reviewer_ids_at_any(page, rule.levels if rule else [])
    return users_with_ids(ids - writers(published) - set(approved))
