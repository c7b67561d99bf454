"""Users, groups and one's own account."""

from django.contrib.auth.models import AbstractUser

from tests.helpers.payloads.post import OWN_ACCOUNT, READ_ONLY, Payload, Post
from tests.helpers.scenario import Scenario

ROLES = "not about pages, because it says who holds which role; a role alone publishes nothing"


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
    "wagtailusers_users:add": ROLES,
    "wagtailusers_users:edit": ROLES,
    "wagtailusers_users:copy": ROLES,
    "wagtailusers_users:delete": delete_users,
    "wagtailusers_groups:add": ROLES,
    "wagtailusers_groups:edit": ROLES,
    "wagtailusers_groups:delete": delete_group,
    "roles_deputies": READ_ONLY,
    "roles_deputy_add": ROLES,
    "roles_deputy_end": ROLES,
    "roles_staffing": READ_ONLY,
    "roles_staffing_results": READ_ONLY,
}
