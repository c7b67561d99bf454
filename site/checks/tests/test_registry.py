"""What the checks find before people decide, and what of it stands against an approval."""

from django.db import connection

from checks import registry
from core.tests.factories import make_image
from tests.helpers.district import decide, fresh
from tests.helpers.publish_attempts import waiting_page


def forget_the_description(image):
    """As an old import may have left it: the form would refuse it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_image SET description = '' WHERE id = %s", [image.pk])


def test_a_picture_without_words_is_not_approved(district):
    image = make_image(400, 300, title="红灯", collection=district.schools[0].collection)
    forget_the_description(image)
    page = waiting_page(district, cover=image)
    [finding] = registry.findings(page.latest_revision.as_object())
    assert finding.severity == registry.BLOCK
    assert "红灯" in finding.message
    assert finding.message in decide(page, district.reviewer1)
    assert not fresh(page).live


def test_a_decorative_picture_needs_no_words(district):
    image = make_image(400, 300, collection=district.schools[0].collection, is_decorative=True)
    forget_the_description(image)
    page = waiting_page(district, cover=image)
    assert registry.findings(page.latest_revision.as_object()) == []


def test_a_check_can_only_warn(district, monkeypatch):
    monkeypatch.setattr(registry, "_checks", dict(registry._checks))
    registry.check("a hint")(lambda page: [registry.Finding(registry.WARN, "看一看")])
    page = waiting_page(district)
    assert page.current_workflow_state.queue_items.get().warnings == 1
    assert decide(page, district.reviewer1) is None
