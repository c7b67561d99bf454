"""What two people change: sites, redirects, slots of the home page, promoted results."""

from django.contrib.auth.models import AbstractUser
from wagtail.models import Site

from audit.models import RecordEntry
from change_requests.models import ChangeRequest
from core.publishing.contexts import confirmed_change
from roles import reviewers
from roles.models import Level
from search.models import PromotedResult
from tests.helpers.payloads.post import READ_ONLY, Payload, Post
from tests.helpers.scenario import Scenario


def _redirect_form() -> dict:
    return {"site": Site.objects.get().pk, "old_path": "/door", "target": "https://example.org/"}


def confirm(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Confirm one's own change, as somebody who is not the final approver."""
    if reviewers.is_reviewer(user, scenario.home, Level.FINAL):
        return []
    change_request = ChangeRequest.objects.create(
        kind="redirect",
        title="改址",
        reason="旧地址",
        payload={"action": "add"} | _redirect_form(),
        proposed_by=user,
        district_key=scenario.home.translation_key,
    )
    actions = ("confirm", "refuse")
    return [Post((change_request.pk,), {"action": action, "opinion": "好"}) for action in actions]


def propose_site(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Another host name."""
    form = {"site": Site.objects.get().pk, "hostname": "anders", "port": 80, "site_name": "x"}
    return [Post((), form | {"root_page": scenario.home.pk, "reason": "换域名"})]


def propose_redirect(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A new redirect, and the end of an existing one."""
    return [
        Post((), _redirect_form() | {"reason": "旧"}),
        Post((), {"redirect": scenario.redirect.pk, "reason": "旧"}),
    ]


def propose_slots(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Another choice of brands on the home page."""
    form = {"home": scenario.home.pk, "slot": "brands", "reason": "迎接校庆。"}
    form |= {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, "rows-0-page": scenario.live.pk}
    return [Post((), form)]


def propose_promoted_result(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A new promoted result, and the end of an existing one."""
    promoted_result = PromotedResult(words="党旗", page=scenario.live)
    with confirmed_change():
        promoted_result.save()
    form = {"words": "校庆", "page": scenario.live.pk, "reason": "迎接校庆。"}
    return [Post((), form), Post((), {"ends": promoted_result.pk})]


PAYLOADS: dict[str, Payload] = {
    "change_requests_list": READ_ONLY,
    "change_requests_detail": confirm,
    "change_requests_propose_site": propose_site,
    "change_requests_propose_redirect": propose_redirect,
    "change_requests_propose_erasure": lambda scenario, user: [
        Post((), {"entry": entry.pk, "fields_to_erase": ["title"], "reason": "急"})
        for entry in RecordEntry.objects.order_by("-pk")[:1]
    ],
    "curation_slots": propose_slots,
    "curation_promoted_results": propose_promoted_result,
}
