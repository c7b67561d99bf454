"""Withdrawal (撤稿): who may, what comes down with a page, what readers get, and the way back."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex

from audit.models import RecordEntry
from core.models import Document, Image
from core.publishing.refusals import Refused
from publication import schedule, withdrawal
from publication.initial_publication import Source, publish_initial
from publication.tests.scheduling import scheduled
from tests.helpers.content import publish_standard_page
from tests.helpers.district import brand_draft, brand_form, decide, fresh, submit
from tests.helpers.publish_attempts import USERNAMES, public_page, public_state, waiting_page


def withdraw(client, page, reason="来源有误"):
    return client.post(reverse("publication_withdraw", args=[page.pk]), {"reason": reason})


def test_nobody_but_the_final_approver_withdraws(non_raising_client, district):
    page = public_page(district)
    before = public_state()
    for person in set(USERNAMES) - {"final"}:
        non_raising_client.force_login(getattr(district, person))
        withdraw(non_raising_client, page)
        with pytest.raises(Refused):
            withdrawal.withdraw(page, getattr(district, person), "来源有误")
    assert public_state() == before


def test_the_explorer_leads_the_final_approver_to_withdrawal(client, district):
    page = public_page(district)
    for person, offered in (("final", True), ("section", False), ("admin", False)):
        client.force_login(getattr(district, person))
        for place in (page, district.schools[0]):
            answer = client.get(reverse("wagtailadmin_explore", args=[place.pk]), follow=True)
            address = reverse("publication_withdraw", args=[page.pk])
            assert (address in answer.content.decode()) is offered, (person, place)


def test_a_reason_is_required_and_the_framework_stays(non_raising_client, district):
    page = public_page(district)
    before = public_state()
    non_raising_client.force_login(district.final)
    withdraw(non_raising_client, page, reason="  ")
    for framework in (district.home, district.schools[0].get_parent()):
        response = withdraw(non_raising_client, framework)
        assert response.status_code == 200
    assert public_state() == before


def test_a_withdrawn_page_is_gone_for_readers_at_once(
    client, district, django_capture_on_commit_callbacks
):
    page = public_page(district)
    client.force_login(district.final)
    with django_capture_on_commit_callbacks(execute=True):
        named = client.get(reverse("publication_withdraw", args=[page.pk]))
        assert page.title in named.content.decode()
        withdraw(client, page)
    client.logout()
    response = client.get(page.url)
    assert response.status_code == 410
    assert page.title not in response.content.decode()
    assert page.title not in client.get(district.schools[0].url).content.decode()
    assert page.pk not in {result.pk for result in Page.objects.search(page.title)}
    entry = RecordEntry.objects.get(kind="withdrawal")
    assert (entry.page_id, entry.opinion, entry.user_id) == (page.pk, "来源有误", district.final.pk)


def test_a_school_takes_its_pages_down_and_ends_what_waits(client, district):
    live = public_page(district)
    waiting = waiting_page(district, title="二", kind="branch")
    school = district.schools[0]
    client.force_login(district.final)
    withdraw(client, school)
    assert not fresh(live).live
    assert not fresh(school).live
    assert fresh(waiting).current_workflow_state is None
    assert RecordEntry.objects.filter(kind="recall", page_id=waiting.pk).exists()
    client.logout()
    assert client.get(live.url).status_code == 410
    client.force_login(district.editor1)
    draft = brand_draft(fresh(school), district.editor1, title="三", kind="branch")
    form = brand_form() | {"title": "三", "action-submit": "1"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form)
    assert response.status_code == 200
    assert not fresh(draft).workflow_in_progress


def test_the_gate_refuses_below_what_is_not_public(district):
    withdrawal.withdraw(district.schools[0], district.final, "停办")
    page = brand_draft(fresh(district.schools[0]), district.editor1)
    submit(page, district.editor1)
    reasons = decide(fresh(page), district.reviewer1)
    assert reasons
    assert decide(fresh(page), district.reviewer1, "reject", "学校已撤下") is None


def test_translations_come_down_with_the_page(district):
    page = publish_standard_page(district.home)
    english = page.copy_for_translation(district.home.get_translations().get().locale)
    assert withdrawal.pages_to_withdraw(page) == [page]
    publish_initial(english, Source.SYSTEM)
    assert {each.pk for each in withdrawal.pages_to_withdraw(page)} == {page.pk, english.pk}
    withdrawal.withdraw(page, district.final, "来源有误")
    assert not fresh(english).live


def test_the_way_back_is_review(client, district):
    page = public_page(district)
    withdrawal.withdraw(page, district.final, "来源有误")
    page = fresh(page)
    page.slogan = "改过"
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section):
        assert decide(fresh(page), person) is None
    assert client.get(page.url).status_code == 410
    assert decide(fresh(page), district.final) is None
    assert fresh(page).live
    assert fresh(page).withdrawn_at is None
    assert client.get(page.url).status_code == 200


def test_pictures_that_nobody_else_shows_are_deleted(district, client):
    image = Image.objects.create(title="图", description="图", file=get_test_image_file())
    page = public_page(district, cover=image)
    other = public_page(district, title="二", kind="branch", cover=image)
    ReferenceIndex.create_or_update_for_object(page)
    ReferenceIndex.create_or_update_for_object(other)
    image.get_rendition("width-40")
    withdrawal.withdraw(page, district.final, "来源有误")
    assert Image.objects.get(pk=image.pk).renditions.exists()
    withdrawal.withdraw(other, district.final, "来源有误")
    assert not Image.objects.get(pk=image.pk).renditions.exists()


# --- documents -----------------------------------------------------------------------------------


def test_a_document_is_open_only_while_a_public_page_offers_it(client, district):
    own = {"collection": district.schools[0].collection}
    document = Document(title="附件", file=ContentFile(b"1", name="a.txt"), **own)
    document.save()
    link = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    assert client.get(document.url).status_code == 404
    draft = brand_draft(district.schools[0], district.editor1, meaning=link)
    submit(draft, district.editor1)
    assert client.get(document.url).status_code == 404
    for person, status in (("editor1", 200), ("reviewer1", 200), ("editor2", 404)):
        client.force_login(getattr(district, person))
        assert client.get(document.url).status_code == status, person
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(draft), person) is None
    ReferenceIndex.create_or_update_for_object(fresh(draft))
    client.logout()
    assert client.get(document.url).status_code == 200
    withdrawal.withdraw(fresh(draft), district.final, "来源有误")
    assert client.get(document.url).status_code == 404


def test_a_scheduled_version_does_not_outlive_the_withdrawal(district):
    page = scheduled(public_page(district), district)
    withdrawal.withdraw(page, district.final, "来源有误")
    assert fresh(page).scheduled_revision is None
    assert RecordEntry.objects.filter(kind="unschedule", page_id=page.pk).exists()
    assert schedule.run_due()["published"] == 0
