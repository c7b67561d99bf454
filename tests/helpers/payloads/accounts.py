"""Users, groups and one's own account."""

from typing import Any

from django.contrib.auth.models import AbstractUser

from accounts.models import User
from roles.models import APPOINTED_ROLES, RoleGroup
from tests.helpers.payloads.post import OWN_ACCOUNT, READ_ONLY, Payload, Post
from tests.helpers.scenario import Scenario

PASSWORD = "Fremd-und-lang-31"


def account_form(**changes: Any) -> dict[str, Any]:
    """What Wagtail's form of an account posts: everything one would give oneself."""
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    groups = RoleGroup.objects.filter(role__in=APPOINTED_ROLES).values_list("group", flat=True)
    form = {"email": "mine@example.org", "first_name": "人", "last_name": "某"}
    flags = {"is_active": "on", "is_superuser": "on", "groups": list(groups)}
    return form | passwords | flags | changes


def add_user(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A new account with every role."""
    return [Post((), account_form(username="invented"))]


def edit_user(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Give others every role, and a password that one knows; and other reviewers none."""
    others = User.objects.exclude(pk=user.pk).filter(pk__in=scenario.user_ids)
    forms = [account_form(), account_form(groups=[]), account_form(is_superuser="")]
    return [
        Post((other.pk,), form | {"username": other.username}) for other in others for form in forms
    ]


def add_group(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A new group."""
    return [Post((), _group_form(name="新组"))]


def edit_group(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Another name for the group of a role."""
    return [Post((scenario.group,), _group_form(name="改名"))]


def _group_form(**changes: Any) -> dict[str, Any]:
    prefixes = ("page_permissions", "collection_permissions", "site_permissions")
    prefixes = (*prefixes, "image_permissions", "document_permissions")
    counts = {f"{name}-{count}_FORMS": 0 for name in prefixes for count in ("TOTAL", "INITIAL")}
    return counts | {"permissions": []} | changes


def delete_users(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete an author, a reviewer and an approver."""
    return [Post((user_id,)) for user_id in scenario.user_ids if user_id != user.pk]


def delete_group(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete the group of a role."""
    return [Post((scenario.group,))]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            f"wagtailusers_{viewset}:{view}"
            for viewset in ("users", "groups")
            for view in ("index", "index_results", "history", "history_results", "usage")
        ),
        READ_ONLY,
    ),
    **dict.fromkeys(
        (
            "wagtailadmin_login",
            "wagtailadmin_logout",
            "wagtailadmin_account",
            "wagtailadmin_dismissibles",
            "wagtailadmin_password_reset",
            "wagtailadmin_password_reset_done",
            "wagtailadmin_password_reset_confirm",
            "wagtailadmin_password_reset_complete",
            "wagtailadmin_editing_sessions:ping",
            "wagtailadmin_editing_sessions:release",
            "notifications_inbox",
            "notifications_open",
        ),
        OWN_ACCOUNT,
    ),
    "wagtailusers_users:add": add_user,
    "wagtailusers_users:edit": edit_user,
    "wagtailusers_users:copy": lambda scenario, user: [
        Post((scenario.user_ids[-1],), account_form(username="copied"))
    ],
    "wagtailusers_users:delete": delete_users,
    "wagtailusers_groups:add": add_group,
    "wagtailusers_groups:edit": edit_group,
    "wagtailusers_groups:delete": delete_group,
    "roles_staffing": READ_ONLY,
    "roles_staffing_results": READ_ONLY,
}
