"""The groups of roles, and the few permission rows that they hold."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from roles.models import Role, RoleGroup

PAGE_ROWS = {
    Role.SCHOOL_EDITOR: ("add_page", "change_page"),
    # "lock" alone lets a group see the tree without editing anything in it.
    Role.SCHOOL_REVIEWER: ("lock_page",),
    Role.SECTION_REVIEWER: ("lock_page",),
    Role.FINAL_APPROVER: ("lock_page",),
    Role.WEB_EDITOR: ("add_page", "change_page"),
    # Schools' drafts stay the schools' own; what waits for the pool is opened by its task.
    Role.POOL_REVIEWER: (),
    Role.AUDITOR: (),
}
OWN_FILES = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
SHARED_FILES = ("choose_image", "choose_document")


def role_group(role: str, page: Page) -> Group:
    """Return the group that holds `role` at `page` (a SchoolPage or HomePage), made when missing.

    Idempotent: the group is found by the page's translation key, so a renamed school keeps its
    people, and its rows are completed, never doubled.
    """
    role = Role(role)
    role_group = RoleGroup.objects.filter(role=role, scope_key=page.translation_key).first()
    group = role_group.group if role_group else _new_group(role, page)
    group.permissions.add(_permission("access_admin"))
    for codename in PAGE_ROWS[role]:
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.objects.get(pk=page.pk), permission=_permission(codename)
        )
    return group


def _new_group(role: Role, page: Page) -> Group:
    base = f"{page.title} · {role.label}"[:140]
    name, number = base, 1
    while Group.objects.filter(name=name).exists():
        number += 1
        name = f"{base} {number}"
    group = Group.objects.create(name=name)
    RoleGroup.objects.create(role=role, scope_key=page.translation_key, group=group)
    return group


def grant_files(group: Group, collection: Collection, codenames: Iterable[str]) -> None:
    """Give `group` the rows `codenames` on `collection`."""
    for codename in codenames:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_permission(codename)
        )


def _permission(codename: str) -> Permission:
    labels = {"access_admin": "wagtailadmin"}
    label = labels.get(codename) or ("wagtailcore" if codename.endswith("_page") else "core")
    return Permission.objects.get(codename=codename, content_type__app_label=label)
