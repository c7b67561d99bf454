"""The two places where a role is kept: groups for the regular holders, rows for deputies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import models


class RoleGroupQuerySet(models.QuerySet):
    """Groups that hold a role at a school or district."""

    def at(self, scope_keys: Iterable[UUID]) -> RoleGroupQuerySet:
        """Return the groups at one of these places (translation keys)."""
        return self.filter(scope_key__in=scope_keys)

    def held_by(self, user_id: int) -> RoleGroupQuerySet:
        """Return the groups of which this account is a member, switched off or not."""
        return self.filter(group__user=user_id)


class DeputyQuerySet(models.QuerySet):
    """Deputies at a level of a school or district."""

    def at(self, scope_keys: Iterable[UUID]) -> DeputyQuerySet:
        """Return the deputies at one of these places (translation keys)."""
        return self.filter(scope_key__in=scope_keys)

    def active_on(self, day: date) -> DeputyQuerySet:
        """Return those whose time includes `day`."""
        return self.overlapping(day, day)

    def overlapping(self, first_day: date, last_day: date) -> DeputyQuerySet:
        """Return those whose time shares at least one day with these days, both included."""
        return self.filter(starts_on__lte=last_day, ends_on__gte=first_day)
