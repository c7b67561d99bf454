"""Who decides, administrates and audits: proposed by one, confirmed by the same one."""

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from appointments.models import Activation
from change_requests.models import ChangeRequest
from roles.models import Role
from tests.helpers.payloads.post import READ_ONLY, Payload, Post
from tests.helpers.scenario import Scenario


def propose_role(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Somebody joins the final approvers; one of them leaves."""
    place = {"scope_key": str(scenario.home.translation_key), "role": Role.FINAL_APPROVER}
    editor, _reviewer, final = scenario.user_ids
    return [
        Post((), place | {"user": editor, "action": "join", "reason": "急"}),
        Post((), place | {"user": final, "action": "leave", "reason": "急"}),
    ]


def propose_for_each(**fields: str) -> Payload:
    """The same for an editor, a reviewer and an approver."""
    return lambda scenario, user: [
        Post((), {"user": key, "reason": "急"} | fields) for key in scenario.user_ids
    ]


def propose_deputy(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Oneself, from today on."""
    today = timezone.localdate()
    form = {"level": "final", "scope_key": str(scenario.home.translation_key), "reason": "急"}
    days = {"starts_on": str(today), "ends_on": str(today + timedelta(days=9))}
    return [Post((), form | days | {"user": user.pk})]


def propose_settings(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Other terms."""
    form = {"remind_after": 1, "escalate_after": 2, "public_line": "names", "reason": "急"}
    return [Post((scenario.home.translation_key,), form)]


def print_activation(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Print the half of an activation that is somebody else's."""
    change_request = ChangeRequest.objects.create(
        kind="credentials",
        title="重设密码",
        payload={"user": scenario.user_ids[-1]},
        reason="急",
        status=ChangeRequest.Status.CONFIRMED,
        proposed_by_id=scenario.user_ids[1],
        district_key=scenario.home.translation_key,
    )
    Activation.objects.create(
        user_id=scenario.user_ids[-1],
        change_request_id=change_request.pk,
        expires_at=timezone.now() + timedelta(days=1),
    )
    return [Post((change_request.pk,))]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            "appointments_people",
            "appointments_people_results",
            "appointments_deputies",
            "appointments_review_settings_list",
        ),
        READ_ONLY,
    ),
    "appointments_propose_role": propose_role,
    "appointments_propose_administrator": propose_for_each(action="join"),
    "appointments_propose_credentials": propose_for_each(),
    "appointments_propose_email": propose_for_each(email="mine@example.org"),
    "appointments_propose_switch_on": propose_for_each(),
    "appointments_print_activation": print_activation,
    "appointments_deputy_add": propose_deputy,
    "appointments_deputy_end": lambda scenario, user: [Post((), {"deputy": 1, "reason": "急"})],
    "appointments_review_settings": propose_settings,
}
