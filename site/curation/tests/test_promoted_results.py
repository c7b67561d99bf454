"""Promoted results: one person proposes, another confirms, and only public pages are shown."""

import pytest
from django.urls import reverse

from audit.models import RecordEntry
from change_requests import domain
from change_requests.models import ChangeRequest
from core.publishing.refusals import PublishingRefused, Refused
from news.tests.factories import NewsPageFactory, publish_news
from search.models import PromotedResult
from search.results import promoted_pages

VIEW = reverse("curation_promoted_results")


@pytest.fixture
def page(district):
    return publish_news(district.schools[0], title="水库研学须知")


def post_form(client, district, page, words="水库\n研学安全"):
    client.force_login(district.web_editor)
    form = {"words": words, "page": page.pk, "reason": "读者常问。"}
    return client.post(VIEW, form)


@pytest.mark.parametrize("key", ["x", "²", "9" * 30])
def test_what_is_no_page_is_an_error_at_its_field(client, district, key):
    client.force_login(district.web_editor)
    response = client.post(VIEW, {"words": "水库", "page": key, "reason": "读者常问。"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["page"]
    assert "读者常问。" in response.content.decode()


def test_a_page_is_promoted_when_a_second_person_agrees(client, district, page):
    response = post_form(client, district, page)
    change_request = ChangeRequest.objects.get()
    assert response.url == reverse("change_requests_detail", args=[change_request.pk])
    assert promoted_pages("研学安全", district.home) == []
    with pytest.raises(Refused):
        domain.confirm(change_request, district.web_editor)
    domain.confirm(change_request, district.final)
    assert promoted_pages("研学安全", district.home) == [page]
    assert page.title in str(RecordEntry.objects.filter(kind="change").last().detail)


def test_its_end_takes_two_as_well(client, district, page):
    post_form(client, district, page)
    domain.confirm(ChangeRequest.objects.get(), district.final)
    row = PromotedResult.objects.get()
    assert page.title in client.get(VIEW).content.decode()
    client.post(VIEW, {"ends": row.pk})
    assert promoted_pages("水库", district.home) == [page]
    domain.confirm(ChangeRequest.objects.get(status=ChangeRequest.Status.PENDING), district.section)
    assert promoted_pages("水库", district.home) == []


def test_a_draft_is_not_promoted_and_the_words_come_back(client, district):
    draft = NewsPageFactory(parent=district.schools[0], title="没有审过的稿件")
    response = post_form(client, district, draft)
    assert response.status_code == 200
    assert "研学安全" in response.content.decode()
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize("words", ["", "！！！", "字" * 401])
def test_words_that_nobody_can_search_for_are_refused(client, district, page, words):
    assert post_form(client, district, page, words).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_what_ends_twice_is_told_so(client, district, page):
    client.force_login(district.web_editor)
    for ends in ("0", "x", "999999"):
        response = client.post(VIEW, {"ends": ends})
        assert response.status_code == 200
        assert not ChangeRequest.objects.exists()


def test_schools_and_reviewers_do_not_see_the_promoted_results(client, district):
    for person in ("editor1", "reviewer1"):
        client.force_login(getattr(district, person))
        assert client.get(VIEW).status_code in (302, 403)


def test_no_row_is_written_past_the_two(district, page):
    with pytest.raises(PublishingRefused):
        PromotedResult.objects.create(words="水库", page=page)
