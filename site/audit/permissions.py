"""Who reads which part of the record, and who may rename an account that stands on it.

A district is found by its key, a school by where its pages lie. Asked of the record's own rows, so
that a deleted page, account or submission takes nothing away.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from accounts.models import User
from audit.models import RecordEntry
from core.requests import AnyUser
from core.tree import HOME_DEPTH
from roles.models import DECIDING_ROLE, REVIEWING_ROLES, Deputy, Level, Role, RoleGroup
from roles.role_queries import levels_held_by, scope_keys_held_by


def may_read_record(user: AnyUser) -> bool:
    """Return whether somebody has a part of the record to read: reviewers, auditors, superusers.

    Asked for the menu of every screen, so without the places of the levels.
    """
    return user.is_superuser or bool(
        scope_keys_held_by(user, *DECIDING_ROLE.values(), Role.AUDITOR)
    )


def entries_visible_to(user: AnyUser) -> QuerySet[RecordEntry]:
    """Return the entries that `user` may read, oldest first."""
    if user.is_superuser and user.is_active:
        return RecordEntry.objects.all()
    levels = levels_held_by(user)
    paths = {path for _level, path in levels}
    scopes = {page.path: page for page in Page.objects.filter(path__in=paths)}
    visible = Q(pk__in=[])
    for level, path in levels:
        scope = scopes[path]
        if level != Level.SCHOOL and scope.depth == HOME_DEPTH:
            # Administrators belong to no district; what changes about them concerns each.
            visible |= Q(district_key=scope.translation_key) | Q(district_key=None)
        else:
            visible |= _about_pages_below(scope)
    for key in scope_keys_held_by(user, Role.AUDITOR):
        visible |= Q(district_key=key) | Q(district_key=None)
    return RecordEntry.objects.filter(visible)


def may_rename_account(user: User | None, account: User) -> bool:
    """Return whether `user` (None: a command) may change the names of `account`.

    The name of a reviewer stands on the record: only an administrator changes it.
    """
    return user is None or user.is_superuser or not _is_ever_reviewer(account)


def _is_ever_reviewer(account: User) -> bool:
    """Return whether this account decides at a level anywhere, or is or was a deputy."""
    groups = RoleGroup.objects.filter(role__in=REVIEWING_ROLES).held_by(account.pk)
    return groups.exists() or Deputy.objects.filter(user=account).exists()


def _about_pages_below(scope: Page) -> Q:
    """Match entries about pages that lie here now or, once deleted, lay here when written.

    A school may have given up an address that is another's today: the address counts only for
    pages that no longer exist.
    """
    pages = Page.objects.filter(path__startswith=scope.path)
    is_deleted = Q(~Exists(Page.objects.filter(pk=OuterRef("page_id"))))
    was_here = Q(page_path__startswith=scope.url_path)
    return Q(page_id__in=pages.values("pk")) | (was_here & is_deleted)
