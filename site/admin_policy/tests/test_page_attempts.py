"""More ways to change what the public sees, tried as those who have a password.

Still open, all of it for the administrator alone unless said otherwise, and listed in
docs/operations.md:

- Joining every group oneself, or setting the passwords of three people (三员分立 is not there).
- The database itself, on the machine: the chain of the record shows it, nothing prevents it.
"""

import contextlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from core.publishing import write_guard
from core.publishing.contexts import confirmed_change, publishing
from news.models import NewsIndexPage
from tests.helpers.district import brand_draft, brand_form, decide, fresh, submit
from tests.helpers.publish_attempts import USERNAMES, public_page, public_state, waiting_page


def test_no_action_of_the_admin_api_changes_what_is_public(non_raising_client, district):
    live, waiting = public_page(district), waiting_page(district, title="二", kind="branch")
    draft = brand_draft(district.schools[0], district.editor1, title="三", kind="branch")
    before = public_state()
    for person in USERNAMES:
        non_raising_client.force_login(getattr(district, person))
        for action in PagesAdminAPIViewSet.actions:
            # The own draft may be deleted; test_roles says by whom.
            drafts = [waiting, draft] if action != "delete" else []
            for page in (live, *drafts, district.schools[0], district.home):
                wish = {
                    "revision_id": page.latest_revision_id,
                    "destination_page_id": district.schools[1].pk,
                    "locale": "en",
                    "alias": True,
                    "recursive": True,
                }
                address = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
                non_raising_client.post(address, wish, content_type="application/json")
    assert public_state() == before
    assert fresh(waiting).latest_revision_id == waiting.latest_revision_id


def test_a_submitted_text_is_not_exchanged_by_reverting(non_raising_client, district):
    page = brand_draft(district.schools[0], district.editor1, slogan="旧的")
    old = page.latest_revision_id
    page.slogan = "新的"
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    decide(fresh(page), district.reviewer1)
    for person in (district.editor1, district.section, district.admin):
        non_raising_client.force_login(person)
        address = reverse(
            "wagtailadmin_api:pages:action", args=[page.pk, "revert_to_page_revision"]
        )
        response = non_raising_client.post(
            address, {"revision_id": old}, content_type="application/json"
        )
        assert response.status_code == 403
    assert fresh(page).latest_revision.content["slogan"] == "新的"


def test_dates_in_a_post_neither_publish_nor_withdraw(non_raising_client, district):
    live = public_page(district)
    non_raising_client.force_login(district.editor1)
    draft = brand_draft(district.schools[0], district.editor1, title="二", kind="branch")
    dates = {"go_live_at": "2020-01-01 00:00", "expire_at": "2020-01-02 00:00"}
    for page in (live, draft):
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        non_raising_client.post(
            edit, brand_form() | dates | {"action-publish": "1", "slug": "anders"}
        )
    before = public_state()
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    call_command("run_due")
    assert public_state() == before
    assert fresh(live).slug == live.slug
    assert not fresh(draft).live


def test_no_version_gets_a_day_of_publication_past_the_gate(district):
    tomorrow = timezone.now() + timedelta(days=1)
    page = brand_draft(district.schools[0], district.editor1, go_live_at=tomorrow)
    with pytest.raises(PermissionDenied), transaction.atomic():
        page.latest_revision.publish(user=district.admin, skip_permission_checks=True)
    assert not fresh(page).latest_revision.approved_go_live_at


def test_the_trees_root_takes_no_privacy_and_no_order(non_raising_client, district):
    order = [page.path for page in Page.objects.filter(depth=2).order_by("pk")]
    for person in ("admin", "web_editor"):
        non_raising_client.force_login(getattr(district, person))
        for page in (1, district.home.pk, district.schools[0].pk):
            non_raising_client.post(
                reverse("wagtailadmin_pages:set_privacy", args=[page]),
                {"restriction_type": "login", "password": "", "groups": []},
            )
    assert not PageViewRestriction.objects.exists()
    assert [page.path for page in Page.objects.filter(depth=2).order_by("pk")] == order


def test_a_school_is_not_made_by_copying(non_raising_client, district):
    school = district.schools[0]
    form = {"new_title": "抄校", "new_slug": "chao", "copy_subpages": "on", "publish_copies": "on"}
    form |= {"new_parent_page": school.get_parent().pk, "alias": ""}
    for person in ("admin", "web_editor", "editor1"):
        non_raising_client.force_login(getattr(district, person))
        non_raising_client.post(reverse("wagtailadmin_pages:copy", args=[school.pk]), form)
    assert not Page.objects.filter(slug="chao").exists()


def test_a_redirect_does_not_cover_a_public_address(non_raising_client, district):
    page = public_page(district)
    listing = NewsIndexPage.objects.get(locale__language_code="en")
    with confirmed_change():
        for covered in (page, listing):
            Redirect.add_redirect(covered.url.rstrip("/"), "https://example.org/")
        Redirect.add_redirect("/old", "https://example.org/")
    assert non_raising_client.get(page.url).status_code == 200
    assert non_raising_client.get(f"{listing.url}?page=99").status_code == 404
    assert non_raising_client.get("/old/").status_code == 301
    with publishing(page):
        page.withdrawn_at = timezone.now()
        page.unpublish()
    assert non_raising_client.get(page.url).status_code == 410
    assert non_raising_client.get(f"{page.url}?page=99").status_code == 410


def test_nobody_makes_or_deletes_a_redirect_alone(non_raising_client, district):
    with confirmed_change():
        old = Redirect.add_redirect("/old", "https://example.org/")
    form = {"old_path": "/new", "is_permanent": "on", "redirect_link": "https://example.org/"}
    non_raising_client.force_login(district.admin)
    for name, args in (("add", []), ("edit", [old.pk]), ("delete", [old.pk])):
        response = non_raising_client.post(reverse(f"wagtailredirects:{name}", args=args), form)
        assert response.status_code == 302
    assert [(row.old_path, row.link) for row in Redirect.objects.all()] == [("/old", old.link)]
    with pytest.raises(PermissionDenied):
        old.delete()


# --- languages -----------------------------------------------------------------------------------


def translate_in_place(district) -> NewsIndexPage:
    """Let wagtail-localize save a mere draft of a page that is public in English."""
    chinese = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    english = NewsIndexPage.objects.get(locale__language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(chinese)
    translation = Translation.objects.create(source=source, target_locale=english.locale)
    with contextlib.suppress(PermissionDenied):
        translation.save_target(user=district.admin, publish=False)
    return fresh(english)


def test_a_draft_of_a_translation_leaves_the_public_text_alone(district):
    assert translate_in_place(district).title == "News"


def test_without_the_write_guard_a_draft_of_a_translation_is_public(district, monkeypatch):
    monkeypatch.setattr(write_guard, "guard_write", lambda page, columns=None: None)
    assert translate_in_place(district).title == "新闻"


def test_the_translation_screens_publish_nothing(non_raising_client, district):
    page = public_page(district)
    english = NewsIndexPage.objects.get(locale__language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(
        NewsIndexPage.objects.get(locale__language_code="zh-hans")
    )
    translation = Translation.objects.create(source=source, target_locale=english.locale)
    before = public_state()
    locales = {"locales": [english.locale_id], "include_subtree": "on"}
    for person in USERNAMES:
        non_raising_client.force_login(getattr(district, person))
        for name, key, data in (
            ("wagtail_localize:submit_page_translation", page.pk, locales),
            ("wagtail_localize:submit_page_translation", district.schools[0].pk, locales),
            ("wagtailadmin_pages:edit", english.pk, {"action": "publish"}),
            ("wagtailadmin_pages:edit", english.pk, {"localize-restart-translation": "1"}),
            ("wagtail_localize:update_translations", source.pk, {"publish_translations": "on"}),
            ("wagtail_localize:stop_translation", translation.pk, {}),
            ("wagtail_localize:convert_to_alias", english.pk, {}),
        ):
            non_raising_client.post(reverse(name, args=[key]), data)
    assert public_state() == before


def test_languages_are_not_mirrored_into_each_other(non_raising_client, district):
    """wagtail-localize can keep a whole tree as live aliases of another."""
    before = public_state()
    english, chinese = (Page.objects.get(pk=pk) for pk in _homes(district))
    non_raising_client.force_login(district.admin)
    component = "component-wagtail_localize_localesynchronization"
    form = {
        "language_code": "en",
        f"{component}-enabled": "on",
        f"{component}-sync_from": chinese.locale_id,
    }
    non_raising_client.post(reverse("wagtaillocales:edit", args=[english.locale_id]), form)
    non_raising_client.post(reverse("wagtaillocales:delete", args=[english.locale_id]))
    assert not Page.objects.exclude(alias_of=None).exists()
    assert public_state() == before


def _homes(district):
    home = district.home
    return home.get_translations().get().pk, home.pk
