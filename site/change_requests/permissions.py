"""Who may read, request and decide on changes that two people make."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from change_requests import kinds
from change_requests.models import ChangeRequest, ChangeRequestQuerySet
from core.requests import AnyUser
from roles import reviewers
from roles.models import COMMITTEE_LEVELS, DECIDING_ROLE, Level
from roles.role_queries import scope_keys_held_by


def committee_scope_keys(user: AnyUser) -> set:
    """Return the keys of the districts for whose committee `user` reviews, also as a deputy."""
    return _scope_keys(user, COMMITTEE_LEVELS)


def may_list_change_requests(user: AnyUser) -> bool:
    """Whether `user` reviews for a committee, or administrates the installation; one query."""
    return user.is_superuser or bool(committee_scope_keys(user))


def may_request_address_changes(user: AnyUser) -> bool:
    """Whether `user` may request another address of a site, or a redirect."""
    return user.is_superuser


def may_decide(user: AnyUser, change_request: ChangeRequest) -> bool:
    """Whether `user` may confirm or refuse this change now."""
    return confirmable_by(user).filter(pk=change_request.pk).exists()


def may_take_back(user: AnyUser, change_request: ChangeRequest) -> bool:
    """Whether `user` requested this change and nobody has decided on it yet."""
    return change_request.is_pending and change_request.proposed_by_id == user.pk


def confirmers_of(change_request: ChangeRequest) -> QuerySet:
    """Return the people who may confirm or refuse it: everybody but whoever requested it."""
    keys = [change_request.district_key] if change_request.district_key else []
    levels = kinds.get_kind(change_request.kind).levels
    people = reduce(or_, (reviewers.reviewers_at(keys, level) for level in levels))
    return people.exclude(pk=change_request.proposed_by_id).distinct()


def confirmable_by(user: AnyUser) -> ChangeRequestQuerySet:
    """Return the pending changes on which `user` may decide; one query."""
    condition = Q(pk__in=[])
    for level in Level.values if user.is_active else ():
        names = kinds.kinds_confirmed_at(level)
        condition |= Q(kind__in=names, district_key__in=_scope_keys(user, [level]))
    return ChangeRequest.objects.pending().filter(condition).exclude(proposed_by=user)


def visible_to(user: AnyUser) -> ChangeRequestQuerySet:
    """Return the changes that `user` may read: the committee its district's, everybody the own."""
    if user.is_superuser:
        return ChangeRequest.objects.all()
    return ChangeRequest.objects.filter(
        Q(district_key__in=committee_scope_keys(user)) | Q(proposed_by=user)
    )


def _scope_keys(user: AnyUser, levels) -> set:
    return scope_keys_held_by(user, *(DECIDING_ROLE[Level(level)] for level in levels))
