"""Slots of the home page: public pages alone, by two people, and never in the way of review."""

import copy
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from audit.models import RecordEntry
from change_requests import domain
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import decide_on
from curation.models import SlotEntry
from news.models import NewsPage
from publication import withdrawal
from schools.models import SchoolPage
from tests.helpers.content import HomePage, home_sections
from tests.helpers.district import decide, find_district, fresh, submit


@pytest.fixture(scope="module")
def news_of_module(module_transaction):
    """Made once for all tests: nine decisions take a second."""
    return [public_news(find_district(), f"第{number}号公告") for number in (1, 2, 3)]


@pytest.fixture
def news(news_of_module, district):
    """Three public announcements, the oldest first."""
    return copy.deepcopy(news_of_module)


def public_news(district, title, kind="announcement"):
    page = news_draft(district, title, kind)
    submit(page, district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    return fresh(page)


def news_draft(district, title, kind="announcement"):
    body = [("paragraph", "<p>师生同行。</p>")]
    page = NewsPage(
        owner=district.editor1,
        live=False,
        title=title,
        kind=kind,
        summary="师生同行。",
        author_name="办公室",
        body=body,
    )
    district.schools[0].add_child(instance=page)
    page.save_revision(user=district.editor1)
    return fresh(page)


def test_the_record_says_what_stood_there_and_how_it_ended(client, district, news):
    first, second, _third = news
    change_request = request_slot(district, first)
    domain.confirm(change_request, district.final)
    domain.refuse(request_slot(district, second), district.final, "不合适。")
    entries = RecordEntry.objects.filter(kind="change")
    assert first.title in str(entries[1].detail["words"])
    client.force_login(district.final)
    html = client.get(reverse("audit_record")).content.decode()
    for text in ("变更：已确认", "变更：已否决", "变更：待另一人确认"):
        assert text in html


def request_slot(district, page):
    entry = {"page": page.pk, "starts_on": str(date.today()), "ends_on": None}
    payload = {"home": district.home.pk, "slot": "notices", "entries": [entry]}
    return domain.request_change(
        "slot",
        user=district.section,
        title="首页：头条",
        payload=payload,
        reason="重要",
        district_key=district.home.translation_key,
    )


def rows(*entries, total=6) -> dict:
    """What the form of a slot posts."""
    form = {"rows-TOTAL_FORMS": total, "rows-INITIAL_FORMS": 0}
    for number in range(total):
        page, since, until = (*entries[number], "", "")[:3] if number < len(entries) else [""] * 3
        form |= {
            f"rows-{number}-page": page,
            f"rows-{number}-starts_on": since,
            f"rows-{number}-ends_on": until,
        }
    return form


def post_form(client, user, home, *entries, slot="notices", reason="迎接校庆。"):
    client.force_login(user)
    fields = {"home": home.pk, "slot": slot, "reason": reason}
    return client.post(reverse("curation_slots"), rows(*entries) | fields)


def today(days=0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def requested(client, user, home, *entries, slot="notices") -> ChangeRequest:
    response = post_form(client, user, home, *entries, slot=slot)
    assert response.status_code == 302, response.context["reasons"]
    return ChangeRequest.objects.latest("pk")


def shown(home, section="notices") -> list[str]:
    return [page.title for page in home_sections(fresh(home))[section]]


@pytest.mark.parametrize("name", ["editor1", "reviewer1", "colleague"])
def test_nobody_outside_the_district_office_sees_or_requests_slots(
    non_raising_client, district, news, name
):
    person = getattr(district, name)
    non_raising_client.force_login(person)
    assert non_raising_client.get(reverse("curation_slots")).status_code == 302
    post_form(non_raising_client, person, district.home, (news[0].pk, today()))
    assert not ChangeRequest.objects.exists()


def test_nothing_changes_before_another_person_confirms(client, district, news):
    page = news[0]
    change_request = requested(client, district.section, district.home, (page.pk, today()))
    decide_on(client, district.section, change_request)
    decide_on(client, district.web_editor, change_request)
    decide_on(client, district.admin, change_request)
    assert not SlotEntry.objects.exists()
    with pytest.raises(PermissionDenied):
        SlotEntry.objects.create(
            home=district.home, slot="notices", target=page, starts_on=date.today()
        )


def test_a_draft_a_foreign_page_and_another_kind_are_refused(client, district, news):
    draft = news_draft(district, "草稿")
    headline = public_news(district, "头条", "headline")
    school = SchoolPage.objects.live().first()
    for key in (draft.pk, headline.pk, school.pk, district.home.pk, 999999):
        assert (
            post_form(client, district.web_editor, district.home, (key, today())).status_code == 200
        )
    english = HomePage.objects.get(locale__language_code="en")
    assert post_form(client, district.final, english, (news[0].pk, today())).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_doubles_wrong_days_and_a_missing_reason_are_refused_and_keep_what_was_typed(
    client, district, news
):
    key, home, user = news[0].pk, district.home, district.web_editor
    assert post_form(client, user, home, (key, today()), (key, today())).status_code == 200
    assert post_form(client, user, home, (key, today(), today(-1))).status_code == 200
    assert post_form(client, user, home, (key, "morgen")).status_code == 200
    response = post_form(client, user, home, (key, today(3)), reason=" ")
    assert today(3) in response.content.decode()
    assert not ChangeRequest.objects.exists()


def test_a_page_withdrawn_meanwhile_is_refused_at_confirming(client, district, news):
    page = news[0]
    change_request = requested(client, district.web_editor, district.home, (page.pk, today()))
    withdrawal.withdraw(page, district.final, "来源有误")
    assert decide_on(client, district.section, change_request).status_code == 200
    assert ChangeRequest.objects.get().status == ChangeRequest.Status.PENDING
    assert not SlotEntry.objects.exists()


@pytest.mark.parametrize("name", ["section", "final"])
def test_one_other_person_of_the_committee_is_enough(client, district, news, name):
    oldest = news[0]
    assert shown(district.home)[0] != oldest.title
    change_request = requested(client, district.web_editor, district.home, (oldest.pk, today()))
    decide_on(client, getattr(district, name), change_request)
    titles = shown(district.home)
    assert titles[0] == oldest.title
    assert len(titles) == len(set(titles)) == len(news)
    entries = (
        RecordEntry.objects.filter(kind=RecordEntry.Kind.CHANGE)
        .exclude(user_id=None)
        .order_by("pk")
    )
    people = [district.web_editor.pk, getattr(district, name).pk]
    assert [entry.user_id for entry in entries] == people


def test_a_withdrawn_page_leaves_its_place_to_the_newest(client, district, news):
    decide_on(
        client,
        district.final,
        requested(client, district.web_editor, district.home, (news[0].pk, today())),
    )
    withdrawal.withdraw(news[0], district.final, "来源有误")
    titles = shown(district.home)
    assert news[0].title not in titles
    assert titles[0] == news[2].title
    client.logout()
    assert news[0].title not in client.get("/").content.decode()


def test_an_entry_counts_from_its_first_day_to_its_last(client, district, news):
    first, second = news[0], news[1]
    entries = ((first.pk, today(1)), (second.pk, today(-2), today(-1)))
    decide_on(
        client, district.final, requested(client, district.web_editor, district.home, *entries)
    )
    assert shown(district.home)[0] == news[2].title
    SlotEntry.objects.filter(target=second).update(ends_on=timezone.localdate())
    assert shown(district.home)[0] == second.title


def test_a_confirmed_list_replaces_the_whole_slot(client, district, news):
    for keys in ((0, 1), (1,), ()):
        entries = [(news[number].pk, today()) for number in keys]
        decide_on(
            client, district.final, requested(client, district.web_editor, district.home, *entries)
        )
        targets = SlotEntry.objects.values_list("target", flat=True)
        assert list(targets) == [news[number].pk for number in keys]


def test_review_of_the_home_page_and_its_slots_do_not_wait_for_each_other(client, district, news):
    home = district.home
    change_request = requested(client, district.web_editor, home, (news[0].pk, today()))
    home.tagline = "一校一品"
    home.save_revision(user=district.web_editor)
    submit(fresh(home), district.web_editor)
    decide_on(client, district.final, change_request)
    assert shown(home)[0] == news[0].title
    assert fresh(home).tagline == ""
    assert decide(fresh(home), district.final) is not None  # The section comes first.
    assert decide(fresh(home), district.section) is None
    assert fresh(home).tagline == ""
    assert decide(fresh(home), district.final) is None
    assert fresh(home).tagline == "一校一品"
    assert shown(home)[0] == news[0].title


def test_pending_changes_are_shown_and_their_proposer_takes_them_back(client, district, news):
    change_request = requested(client, district.web_editor, district.home, (news[0].pk, today()))
    address = reverse("change_requests_detail", args=[change_request.pk])
    assert address in client.get(reverse("curation_slots")).content.decode()
    detail = client.get(address)
    assert news[0].title in detail.content.decode()
    decide_on(client, district.web_editor, change_request, "take_back")
    assert address not in client.get(reverse("curation_slots")).content.decode()


def test_a_bad_query_string_answers_404(client, district):
    client.force_login(district.web_editor)
    for query in ("?slot=nope", "?home=x", "?home=999999", "?slot=lead&home=-1"):
        assert client.get(reverse("curation_slots") + query).status_code == 404


def test_slots_cost_one_query_however_many(client, district, news, django_assert_max_num_queries):
    decide_on(
        client,
        district.final,
        requested(
            client, district.web_editor, district.home, *((page.pk, today()) for page in news)
        ),
    )
    home = fresh(district.home)
    with django_assert_max_num_queries(12):
        home_sections(home)


def test_the_lead_stands_before_the_other_headlines(client, district):
    pages = [public_news(district, f"第{number}号头条", "headline") for number in (1, 2, 3)]
    for slot, number in (("headlines", 0), ("lead", 1)):
        entry = (pages[number].pk, today())
        change_request = requested(client, district.final, district.home, entry, slot=slot)
        decide_on(client, district.section, change_request)
    titles = [pages[number].title for number in (1, 0, 2)]
    assert shown(district.home, "headlines") == titles
