"""The people whom Wagtail's filters offer: of one's own part of the tree."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django_filters import ModelMultipleChoiceFilter
from wagtail.admin.filters import MultipleUserFilter

from accounts.models import User
from core.visibility.querysets import people_visible_to


def visible_people(self: MultipleUserFilter, request: HttpRequest) -> QuerySet[User] | None:
    """Return those of the filter's people whom the user of this request may know of.

    None if the filter has no people at all, as Wagtail's of a history has while it is empty.
    """
    people = super(ModelMultipleChoiceFilter, self).get_queryset(request)
    if people is None:
        return None
    return people.filter(pk__in=people_visible_to(request.user).values("pk"))
