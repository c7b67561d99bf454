"""A change by two people: exactly those who may confirm it are asked, until it is decided."""

import pytest

from change_requests import domain, kinds
from change_requests.kinds import ChangeKind
from notifications.models import Notice
from roles.models import Level


@pytest.fixture
def change_request(district):
    """A change requested by the section that another of the committee has to confirm."""
    name = "test-notices"
    levels = (Level.FINAL, Level.SECTION)
    kinds.register(ChangeKind(name, "change", apply=lambda payload: None, levels=levels))
    yield domain.request_change(
        name,
        user=district.section,
        title="换横幅",
        payload={},
        reason="过期",
        district_key=district.home.translation_key,
    )
    kinds._registry.pop(name)


def notified(**conditions) -> set[str]:
    """User names of those who have a notice about a change."""
    notices = Notice.objects.filter(kind=Notice.Kind.CHANGE_REQUEST, **conditions)
    return set(notices.values_list("user__username", flat=True))


def test_a_change_request_asks_its_confirmers_until_it_is_decided(district, change_request):
    assert notified() == {"final", "section2"}
    domain.confirm(change_request, district.final)
    assert notified(read_at=None) == {"section"}
