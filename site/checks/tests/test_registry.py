"""What the checks find before people decide, and which findings prevent an approval."""

from django.db import connection

from checks import registry
from core.tests.factories import make_image
from tests.helpers.district import decide, fresh
from tests.helpers.publish_attempts import waiting_page


def delete_description(image):
    """Empty the description, as an old import may have left it: the form would refuse it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_image SET description = '' WHERE id = %s", [image.pk])


def test_a_page_with_an_undescribed_picture_cannot_be_approved(district):
    image = make_image(400, 300, title="红灯", collection=district.schools[0].collection)
    delete_description(image)
    page = waiting_page(district, cover=image)
    [finding] = registry.run_checks(page.latest_revision.as_object())
    assert finding.severity == registry.Severity.ERROR
    assert "红灯" in finding.message
    assert finding.message in decide(page, district.reviewer1)
    assert not fresh(page).live


def test_a_decorative_picture_needs_no_description(district):
    image = make_image(400, 300, collection=district.schools[0].collection, is_decorative=True)
    delete_description(image)
    page = waiting_page(district, cover=image)
    assert registry.run_checks(page.latest_revision.as_object()) == []


def test_a_check_can_only_warn(district, monkeypatch):
    monkeypatch.setattr(registry, "_checks", dict(registry._checks))
    finding = registry.Finding(registry.Severity.WARNING, "看一看")
    registry.register("a hint")(lambda page: [finding])
    page = waiting_page(district)
    assert page.current_workflow_state.queue_items.get().warnings == 1
    assert decide(page, district.reviewer1) is None
