"""What a role might do: each action attempts it by real requests; did it succeed?"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from audit.models import RecordEntry
from brands.models import BrandPage
from news.models import NewsIndexPage
from roles.models import Level
from schools.models import SchoolPage
from tests.helpers.district import District, brand_form, decide, decision_form, fresh
from tests.helpers.private_content import PrivateContent

Action = Callable[[Client, District, PrivateContent], bool]


def opens(client: Client, name: str, *args: Any) -> bool:
    """Whether the view answers with 200."""
    return client.get(reverse(name, args=args)).status_code == 200


def post(client: Client, name: str, *args: Any, **data: Any) -> HttpResponse:
    """Post a form to a view."""
    return client.post(reverse(name, args=args), data)


def edit(client: Client, page: BrandPage, **data: Any) -> HttpResponse:
    """Post the form of a brand page."""
    return post(client, "wagtailadmin_pages:edit", page.pk, **(brand_form() | data))


def see_the_schools_drafts(client: Client, district: District, content: PrivateContent) -> bool:
    listing = client.get(reverse("wagtailadmin_explore", args=[content.school.pk]))
    return listing.status_code == 200 and content.draft.title in listing.content.decode()


def edit_the_schools_draft(client: Client, district: District, content: PrivateContent) -> bool:
    edit(client, content.draft, slogan="改过的")
    return fresh(content.draft).latest_revision.content["slogan"] == "改过的"


def edit_the_schools_own_page(client: Client, district: District, content: PrivateContent) -> bool:
    form = {"title": "改名小学", "stage": "primary", "kind": "public", "body-count": 0}
    post(client, "wagtailadmin_pages:edit", content.school.pk, **form)
    return fresh(content.school).latest_revision.content["title"] == "改名小学"


def edit_a_page_of_the_district(
    client: Client, district: District, content: PrivateContent
) -> bool:
    index = NewsIndexPage.objects.child_of(district.home).get()
    post(client, "wagtailadmin_pages:edit", index.pk, title="新闻中心", intro="")
    return fresh(index).latest_revision.content["title"] == "新闻中心"


def add_a_brand_page(client: Client, district: District, content: PrivateContent) -> bool:
    form = brand_form() | {"title": "第三个", "kind": "branch"}
    post(client, "wagtailadmin_pages:add", "brands", "brandpage", content.school.pk, **form)
    return BrandPage.objects.filter(title="第三个", live=False).exists()


def add_a_school(client: Client, district: District, content: PrivateContent) -> bool:
    index = content.school.get_parent().pk
    form = {"title": "私设小学", "stage": "primary", "kind": "public", "body-count": 0}
    post(client, "wagtailadmin_pages:add", "schools", "schoolpage", index, **form)
    copy = {"new_title": "私设小学", "new_slug": "si", "new_parent_page": index}
    post(client, "wagtailadmin_pages:copy", content.school.pk, **copy)
    return SchoolPage.objects.filter(title="私设小学").exists()


def submit_for_review(client: Client, district: District, content: PrivateContent) -> bool:
    edit(client, content.draft, **{"action-submit": "1"})
    return fresh(content.draft).workflow_in_progress


def publish(client: Client, district: District, content: PrivateContent) -> bool:
    edit(client, content.draft, **{"action-publish": "1"})
    form = brand_form() | {"title": "直接发布", "kind": "branch", "action-publish": "1"}
    post(client, "wagtailadmin_pages:add", "brands", "brandpage", content.school.pk, **form)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={content.draft.pk}", {})
    return BrandPage.objects.live().exists()


def schedule(client: Client, district: District, content: PrivateContent) -> bool:
    dates = {"go_live_at": "2099-01-01 08:00", "expire_at": "2099-02-01 08:00"}
    edit(client, content.draft, **dates, **{"action-publish": "1"})
    return bool(fresh(content.draft).latest_revision.approved_go_live_at)


def propose_dates(client: Client, district: District, content: PrivateContent) -> bool:
    """The dates are content of the draft: approval fixes them."""
    edit(client, content.draft, go_live_at="2099-01-01 08:00", expire_at="2099-02-01 08:00")
    return bool(fresh(content.draft).latest_revision.content.get("go_live_at"))


def withdraw(client: Client, district: District, content: PrivateContent) -> bool:
    post(client, "publication_withdraw", content.school.pk, reason="停办")
    return not fresh(content.school).live


def unpublish(client: Client, district: District, content: PrivateContent) -> bool:
    post(client, "wagtailadmin_pages:unpublish", content.school.pk)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{bulk}?id={content.school.pk}", {"include_descendants": "on"})
    return not fresh(content.school).live


def delete_a_draft(client: Client, district: District, content: PrivateContent) -> bool:
    post(client, "wagtailadmin_pages:delete", content.draft.pk)
    return not Page.objects.filter(pk=content.draft.pk).exists()


def delete_something_public(client: Client, district: District, content: PrivateContent) -> bool:
    post(client, "wagtailadmin_pages:delete", content.school.pk)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={content.school.pk}", {})
    return not Page.objects.filter(pk=content.school.pk).exists()


def move_something_public(client: Client, district: District, content: PrivateContent) -> bool:
    index = NewsIndexPage.objects.child_of(district.home).get()
    english = district.home.get_translations().get()
    address = "wagtailadmin_pages:move_confirm"
    post(client, address, content.school.pk, english.pk, slug="weg")
    post(client, address, index.pk, english.pk, slug="weg")
    return fresh(index).path != index.path or fresh(content.school).path != content.school.path


def move_a_draft_to_another_school(
    client: Client, district: District, content: PrivateContent
) -> bool:
    post(client, "wagtailadmin_pages:move_confirm", content.draft.pk, district.schools[1].pk)
    return fresh(content.draft).path != content.draft.path


def copy_a_draft(client: Client, district: District, content: PrivateContent) -> bool:
    form = {"new_title": "抄", "new_slug": "chao", "new_parent_page": content.school.pk}
    post(client, "wagtailadmin_pages:copy", content.draft.pk, **form)
    return Page.objects.filter(slug="chao").exists()


def lock(client: Client, district: District, content: PrivateContent) -> bool:
    post(client, "wagtailadmin_pages:lock", content.draft.pk)
    return fresh(content.draft).locked


def make_private(client: Client, district: District, content: PrivateContent) -> bool:
    for page in (content.draft, content.school):
        post(client, "wagtailadmin_pages:set_privacy", page.pk, restriction_type="login")
    return PageViewRestriction.objects.exists()


def reorder(client: Client, district: District, content: PrivateContent) -> bool:
    address = reverse("wagtailadmin_pages:set_page_position", args=[content.waiting.pk])
    client.post(f"{address}?position=0")
    return fresh(content.waiting).path != content.waiting.path


def decide_at(level: Level) -> Action:
    """Approve what waits at this level."""
    earlier_reviewers = ["reviewer1", "section2"][: list(Level).index(level)]

    def action(client: Client, district: District, content: PrivateContent) -> bool:
        for username in earlier_reviewers:
            assert decide(fresh(content.waiting), getattr(district, username)) is None
        state = fresh(content.waiting).current_workflow_task_state
        before = RecordEntry.objects.filter(kind="approval").count()
        post(client, "review_decide", state.pk, **decision_form(fresh(content.waiting)))
        return RecordEntry.objects.filter(kind="approval").count() > before

    return action


def return_the_item(client: Client, district: District, content: PrivateContent) -> bool:
    state = fresh(content.waiting).current_workflow_task_state
    form = decision_form(fresh(content.waiting), "reject", "请写出处。")
    post(client, "review_decide", state.pk, **form)
    return RecordEntry.objects.filter(kind="return").exists()


def open_views(*names: str) -> Action:
    """Open all of these views, which are for the same roles."""

    def action(client: Client, district: District, content: PrivateContent) -> bool:
        opened = [opens(client, name) for name in names]
        assert len(set(opened)) == 1, "one role opens only some of these views"
        return all(opened)

    return action
