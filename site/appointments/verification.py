"""Open activations are those that two people confirmed, each with a half of their own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appointments.models import Activation
from audit.verification import Problem
from change_requests.models import ChangeRequest


def activation_problems() -> Iterator[Problem]:
    """Yield open activations that no confirmed change made, or that one person holds whole.

    Those of an opening file and of `appoint_administrator` belong to no change.
    """
    confirmed = set(
        ChangeRequest.objects.filter(status=ChangeRequest.Status.CONFIRMED).values_list(
            "pk", "proposed_by", "decided_by", "subject_id"
        )
    )
    for activation in Activation.objects.open().select_related("user"):
        made_by = (
            activation.change_request_id,
            activation.link_by_id,
            activation.code_by_id,
            activation.user_id,
        )
        on_server = activation.change_request_id == 0 and made_by[1:3] == (None, None)
        if not on_server and made_by not in confirmed:
            yield Problem(_("An activation of %s that no two people made.") % activation.user)
