"""Changes by two people: addresses change when another of the committee confirms, never else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from audit.models import RecordEntry
from change_requests import domain
from change_requests.models import ChangeRequest
from core.publishing.refusals import Refused
from publication import withdrawal
from roles.models import Role
from tests.helpers.district import brand_draft, create_user, fresh
from tests.helpers.publish_attempts import public_page

OLD = "/old/page"


@pytest.fixture
def second(district):
    """Another final approver."""
    return create_user("final2", Role.FINAL_APPROVER, district.home)


def propose(client, district, what="redirect", **said):
    """Propose as the administrator; returns the answer."""
    client.force_login(district.admin)
    site = Site.objects.get()
    form = {"site": site.pk, "reason": "印在宣传册上的旧地址。"}
    if what == "redirect":
        form |= {"old_path": OLD, "target": "https://example.org/a"}
    else:
        form |= {"hostname": "xin.example.org", "port": 443, "site_name": "新名"}
        form |= {"root_page": site.root_page_id}
    return client.post(reverse(f"change_requests_propose_{what}"), form | said)


def proposed(client, district, what="redirect", **said) -> ChangeRequest:
    assert propose(client, district, what, **said).status_code == 302
    return ChangeRequest.objects.latest("pk")


def act(client, user, proposal, action="confirm", opinion="", follow=False):
    client.force_login(user)
    address = reverse("change_requests_detail", args=[proposal.pk])
    return client.post(address, {"action": action, "opinion": opinion}, follow=follow)


def test_nothing_changes_before_another_person_confirms(client, district):
    proposed(client, district)
    proposed(client, district, "site")
    assert not Redirect.objects.exists()
    assert Site.objects.get().hostname == "localhost"


@pytest.mark.parametrize("name", ["admin", "section", "web_editor", "editor1", "reviewer1"])
def test_only_a_final_approver_confirms(client, district, name):
    proposal = proposed(client, district)
    for action in ("confirm", "refuse"):
        act(client, getattr(district, name), proposal, action, "好")
    proposal.refresh_from_db()
    assert proposal.status == ChangeRequest.Status.PENDING
    assert not Redirect.objects.exists()


def test_who_proposes_does_not_confirm_whatever_the_role(district):
    site = Site.objects.get()
    payload = {"action": "add", "site": site.pk, "old_path": OLD, "target": "https://a.example/"}
    proposal = domain.propose(
        "redirect", user=district.final, title="x", payload=payload, reason="旧地址",
        district_key=district.home.translation_key,
    )  # fmt: skip
    with pytest.raises(Refused):
        domain.confirm(proposal, district.final)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("name", ["web_editor", "editor1", "reviewer1", "colleague"])
def test_who_is_not_of_the_committee_sees_nothing_of_it(calm_client, district, name):
    proposal = proposed(calm_client, district)
    calm_client.force_login(getattr(district, name))
    for address in (
        reverse("change_requests_list"),
        reverse("change_requests_detail", args=[proposal.pk]),
        reverse("change_requests_propose_site"),
        reverse("change_requests_propose_redirect"),
    ):
        answer = calm_client.get(address)
        assert answer.status_code == 302
        assert OLD not in calm_client.get(answer.url).content.decode()


@pytest.mark.parametrize("name", ["final", "section", "web_editor"])
def test_only_administrators_propose_addresses(calm_client, district, name):
    calm_client.force_login(getattr(district, name))
    form = {"site": Site.objects.get().pk, "old_path": OLD, "target": "https://a.example/"}
    calm_client.post(reverse("change_requests_propose_redirect"), form | {"reason": "旧"})
    assert not ChangeRequest.objects.exists()


def test_no_reason_no_proposal_and_nothing_typed_is_lost(client, district):
    answer = propose(client, district, reason="  ")
    assert answer.status_code == 200
    assert OLD in answer.content.decode()
    assert not ChangeRequest.objects.exists()


def test_a_refusal_without_an_opinion_is_refused(client, district):
    proposal = proposed(client, district)
    assert act(client, district.final, proposal, "refuse").status_code == 200
    proposal.refresh_from_db()
    assert proposal.status == ChangeRequest.Status.PENDING
    act(client, district.final, proposal, "refuse", "宣传册没有印。")
    proposal.refresh_from_db()
    assert proposal.status == ChangeRequest.Status.REFUSED
    assert not Redirect.objects.exists()


def test_no_redirect_over_a_public_address(client, district):
    page = public_page(district)
    for address in (page.url, "/", "/en/", page.url + "?a=1", page.url.rstrip("/")):
        assert propose(client, district, old_path=address).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_no_redirect_over_a_withdrawn_address_nor_to_a_withdrawn_page(client, district):
    page = public_page(district)
    proposal = proposed(client, district, target=str(page.pk))
    withdrawal.withdraw(page, district.final, "来源有误")
    assert propose(client, district, old_path=page.url).status_code == 200
    assert propose(client, district, target=str(page.pk)).status_code == 200
    assert act(client, district.final, proposal).status_code == 200
    proposal.refresh_from_db()
    assert proposal.status == ChangeRequest.Status.PENDING
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("old_path", "old/page"),
        ("old_path", "https://other.example/old"),
        ("old_path", "/" + "a" * 300),
        ("target", "http://example.org/"),
        ("target", "javascript:alert(1)"),
        ("target", "https://"),
        ("target", "99999999"),
        ("target", "https://localhost/old/page"),
    ],
)
def test_bad_addresses_are_named(client, district, name, value):
    assert propose(client, district, **{name: value}).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_a_draft_is_no_target(client, district):
    page = brand_draft(district.schools[0], district.editor1)
    assert propose(client, district, target=str(page.pk)).status_code == 200


def test_an_address_that_became_public_meanwhile_is_not_covered(client, district):
    page = brand_draft(district.schools[0], district.editor1, slug="later")
    proposal = proposed(client, district, old_path=page.url.rstrip("/"))
    page.delete()
    public_page(district, slug="later", kind="branch")
    assert act(client, district.final, proposal).status_code == 200
    assert not Redirect.objects.exists()


def test_a_confirmed_redirect_leads_readers_on_and_a_deletion_ends_it(client, district):
    act(client, district.final, proposed(client, district))
    client.logout()
    answer = client.get(OLD + "/")
    assert (answer.status_code, answer.url) == (301, "https://example.org/a")
    assert propose(client, district).status_code == 200  # There is one already.
    redirect = Redirect.objects.get()
    client.force_login(district.admin)
    form = {"redirect": redirect.pk, "reason": "不再需要。"}
    assert client.post(reverse("change_requests_propose_redirect"), form).status_code == 302
    assert Redirect.objects.exists()
    act(client, district.final, ChangeRequest.objects.latest("pk"))
    assert not Redirect.objects.exists()


def test_both_people_are_on_the_record(client, district):
    proposal = proposed(client, district)
    act(client, district.final, proposal, opinion="同意。")
    entries = RecordEntry.objects.filter(kind=RecordEntry.Kind.CHANGE).order_by("pk")
    said = [(entry.user_id, entry.detail["status"]) for entry in entries]
    assert said == [(district.admin.pk, "pending"), (district.final.pk, "confirmed")]
    assert entries[1].opinion == "同意。"


def test_a_second_click_and_a_second_person_are_told_who_decided(client, district, second):
    proposal = proposed(client, district)
    act(client, district.final, proposal)
    for user in (district.final, second):
        answer = act(client, user, proposal, "refuse", "我不同意。", follow=True)
        assert str(district.final) in answer.content.decode()
        assert answer.status_code == 200
    assert "我不同意。" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.status == ChangeRequest.Status.CONFIRMED
    assert RecordEntry.objects.filter(kind=RecordEntry.Kind.CHANGE).count() == 2


def test_the_proposer_takes_back_and_nobody_else(client, district):
    proposal = proposed(client, district)
    act(client, district.final, proposal, "take_back")
    assert ChangeRequest.objects.get().status == ChangeRequest.Status.PENDING
    act(client, district.admin, proposal, "take_back")
    assert ChangeRequest.objects.get().status == ChangeRequest.Status.TAKEN_BACK
    act(client, district.final, proposal)
    assert not Redirect.objects.exists()


def test_a_site_has_a_public_home_page(client, district):
    page = public_page(district)
    assert propose(client, district, "site", root_page=page.pk).status_code == 200
    for name, value in (("hostname", ""), ("port", "0"), ("port", "99999")):
        assert propose(client, district, "site", **{name: value}).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_a_confirmed_site_has_its_new_address(client, district):
    act(client, district.final, proposed(client, district, "site"))
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("xin.example.org", 443, "新名")
    assert fresh(district.home).live


def test_the_rows_stand_still_outside_a_confirmation(district):
    with pytest.raises(PermissionDenied):
        Redirect.add_redirect(OLD, "https://example.org/")


def test_the_menu_counts_what_waits_for_this_person(
    client, district, second, django_assert_max_num_queries
):
    proposed(client, district)
    with django_assert_max_num_queries(4):
        assert domain.confirmable_by(district.final).count() == 1
    assert domain.confirmable_by(second).count() == 1
    for name in ("admin", "section", "editor1", "web_editor"):
        assert domain.confirmable_by(getattr(district, name)).count() == 0
    client.force_login(district.final)
    assert OLD in client.get(reverse("change_requests_list")).content.decode()


def test_the_committee_of_another_district_neither_sees_nor_confirms(calm_client, district):
    stranger = create_user("stranger", Role.FINAL_APPROVER, district.schools[0])
    proposal = proposed(calm_client, district)
    act(calm_client, stranger, proposal)
    assert not Redirect.objects.exists()
    assert not domain.visible_to(stranger).exists()
