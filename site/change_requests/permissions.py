"""Who may read, request and decide on changes that two people make."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from accounts.models import User
from change_requests import kinds
from change_requests.models import ChangeRequest, ChangeRequestQuerySet
from core.requests import AnyUser
from roles import reviewers
from roles.models import COMMITTEE_LEVELS, DECIDING_ROLE, Level, Role
from roles.role_queries import scope_keys_held_by
from roles.scopes import district_titles


def committee_scope_keys(user: AnyUser) -> set:
    """Return the keys of the districts for whose committee `user` reviews, also as a deputy."""
    return _scope_keys(user, COMMITTEE_LEVELS)


def may_list_change_requests(user: AnyUser) -> bool:
    """Whether `user` reviews for a committee, audits or administrates; one query."""
    return user.is_superuser or bool(_reading_scope_keys(user))


def may_request_address_changes(user: AnyUser) -> bool:
    """Whether `user` may request another address of a site, or a redirect."""
    return user.is_superuser


def may_request_erasures(user: AnyUser) -> bool:
    """Whether `user` may request an erasure from the record: administrators, final approvers."""
    return user.is_superuser or bool(_scope_keys(user, [Level.FINAL]))


def may_decide(user: AnyUser, change_request: ChangeRequest) -> bool:
    """Whether `user` may confirm or refuse this change now."""
    return confirmable_by(user).filter(pk=change_request.pk).exists()


def may_take_back(user: AnyUser, change_request: ChangeRequest) -> bool:
    """Whether `user` requested this change and nobody has decided on it yet."""
    return change_request.is_pending and change_request.proposed_by_id == user.pk


def confirmers_of(change_request: ChangeRequest) -> QuerySet:
    """Return the people who may confirm or refuse it: not whoever requested it, or is its subject.

    What concerns no district may be confirmed by those of each.
    """
    kind = kinds.get_kind(change_request.kind)
    keys = [change_request.district_key] if change_request.district_key else district_titles()
    people = reduce(
        or_, (reviewers.reviewers_at(keys, level) for level in kind.levels), User.objects.none()
    )
    if kind.by_administrators:
        people |= User.objects.filter(is_superuser=True, is_active=True)
    barred = [change_request.proposed_by_id, change_request.subject_id]
    return people.exclude(pk__in=[pk for pk in barred if pk]).distinct()


def confirmable_by(user: AnyUser) -> ChangeRequestQuerySet:
    """Return the pending changes on which `user` may decide; one query."""
    condition = Q(pk__in=[])
    for level in Level.values if user.is_active else ():
        names = kinds.kinds_confirmed_at(level)
        keys = _scope_keys(user, [level])
        if keys:
            condition |= Q(kind__in=names) & (Q(district_key__in=keys) | Q(district_key=None))
    if user.is_active and user.is_superuser:
        condition |= Q(kind__in=kinds.kinds_confirmed_by_administrators())
    others = Q(subject_id=None) | ~Q(subject_id=user.pk)
    pending = ChangeRequest.objects.pending().exclude(proposed_by=user)
    return pending.filter(condition).filter(others)


def visible_to(user: AnyUser) -> ChangeRequestQuerySet:
    """Return the changes that `user` may read: committee and auditor their district's, all the own.

    Those about no district are read by the committee of each.
    """
    if user.is_superuser:
        return ChangeRequest.objects.all()
    keys = _reading_scope_keys(user)
    of_districts = Q(district_key__in=keys)
    if keys:
        of_districts |= Q(district_key=None)
    return ChangeRequest.objects.filter(of_districts | Q(proposed_by=user))


def _reading_scope_keys(user: AnyUser) -> set:
    return committee_scope_keys(user) | scope_keys_held_by(user, Role.AUDITOR)


def _scope_keys(user: AnyUser, levels) -> set:
    return scope_keys_held_by(user, *(DECIDING_ROLE[Level(level)] for level in levels))
