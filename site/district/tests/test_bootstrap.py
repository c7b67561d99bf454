"""A district is created once and can be completed as often as one likes."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow

from audit.models import RecordEntry
from core.publishing.contexts import confirmed_change
from district.bootstrap import INDEXES, LANGUAGES, bootstrap
from home.models import HomePage
from roles.models import LevelRule, RoleGroup


@pytest.fixture
def empty_installation(db):
    """A database right after the first migration: a welcome page and its site."""
    with confirmed_change():
        Site.objects.all().delete()
        root = Page.objects.get(depth=1)
        welcome = root.add_child(instance=Page(title="Welcome", slug="welcome", live=False))
        return Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def counts():
    models = (Page, Site, Group, RoleGroup, Workflow, LevelRule, Locale, RecordEntry)
    return [model.objects.count() for model in models]


def test_the_first_district_takes_over_the_default_site(empty_installation):
    home = bootstrap("dangjian.example", 443)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific) == ("dangjian.example", 443, home)
    assert site.is_default_site
    assert not Page.objects.filter(title="Welcome").exists()


def test_running_again_changes_nothing(district):
    before = counts()
    bootstrap("localhost")
    assert counts() == before


def test_a_second_district_leaves_the_first_alone(district):
    second = bootstrap("gaoxin.example")
    assert Site.objects.count() == 2
    assert Site.objects.get(is_default_site=True).root_page.specific == district.home
    assert second.pk != district.home.pk
    assert RoleGroup.objects.filter(scope_key=second.translation_key).count() == 5


def test_home_and_index_pages_exist_in_both_languages(district):
    for language in LANGUAGES:
        home = HomePage.objects.get(locale__language_code=language)
        assert home.live
        for slug, model in INDEXES.items():
            index = model.objects.child_of(home).get()
            assert (index.slug, index.live) == (slug, True)
            assert index.intro
    chinese, english = HomePage.objects.order_by("path")
    assert chinese.title != english.title


def test_nobody_has_the_permission_to_publish(district):
    codenames = set(
        GroupPagePermission.objects.values_list("permission__codename", flat=True).distinct()
    )
    assert codenames == {"add_page", "change_page", "lock_page"}
