"""Redirects, sites and languages."""

from django.contrib.auth.models import AbstractUser
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Site

from tests.helpers.payloads.post import READ_ONLY, Payload, Post
from tests.helpers.scenario import Scenario


def add_redirect(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Redirect a public page to another site."""
    form = {"old_path": scenario.live.url, "site": "", "is_permanent": "on", "redirect_page": ""}
    return [Post((), form | {"redirect_link": "https://example.org/"})]


def change_redirect(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """The same by an existing redirect."""
    return [Post((scenario.redirect.pk,), post.data) for post in add_redirect(scenario, user)]


def upload_redirects(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Upload a file of redirects."""
    rows = f"{scenario.live.url},https://example.org/\n".encode()
    return [Post((), {"import_file": SimpleUploadedFile("a.csv", rows)})]


def import_redirects(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Import what was uploaded."""
    form = {"import_file_name": "x", "original_file_name": "a.csv", "input_format": 0}
    return [Post((), form | {"from_index": 0, "to_index": 1, "site": "", "permanent": "on"})]


def add_site(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A site that begins at a school's page."""
    form = {"hostname": "anders", "port": 80, "site_name": "x", "root_page": scenario.live.pk}
    return [Post((), form)]


def copy_site(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Such a site as a copy of the existing one."""
    return [Post((Site.objects.get().pk,), post.data) for post in add_site(scenario, user)]


def edit_site(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Give the site another host name and another root."""
    form = {"hostname": "anders", "port": 8080, "site_name": "x", "is_default_site": "on"}
    roots = (scenario.home, scenario.schools[1])
    return [Post((Site.objects.get().pk,), form | {"root_page": page.pk}) for page in roots]


def delete_site(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete the only site."""
    return [Post((Site.objects.get().pk,))]


def add_locale(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A language that exists."""
    return [Post((), {"language_code": "en"})]


def copy_locale(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A language that exists, as a copy."""
    return [Post((scenario.home.locale_id,), {"language_code": "en"})]


def edit_locale(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Synchronise English with Chinese; make Chinese English."""
    chinese = scenario.home.locale_id
    sync = "component-wagtail_localize_localesynchronization"
    form = {"language_code": "en", f"{sync}-enabled": "on", f"{sync}-sync_from": chinese}
    return [
        Post((scenario.english.locale_id,), form),
        Post((chinese,), {"language_code": "en"}),
    ]


def delete_locale(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete each language."""
    return [Post((scenario.english.locale_id,)), Post((scenario.home.locale_id,))]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            f"wagtail{viewset}:{view}"
            for viewset in ("sites", "locales")
            for view in ("index", "index_results", "history", "history_results", "usage")
        ),
        READ_ONLY,
    ),
    "wagtailredirects:index": READ_ONLY,
    "wagtailredirects:index_results": READ_ONLY,
    "wagtailredirects:add": add_redirect,
    "wagtailredirects:edit": change_redirect,
    "wagtailredirects:delete": change_redirect,
    "wagtailredirects:start_import": upload_redirects,
    "wagtailredirects:process_import": import_redirects,
    "wagtailsites:add": add_site,
    "wagtailsites:copy": copy_site,
    "wagtailsites:edit": edit_site,
    "wagtailsites:delete": delete_site,
    "wagtaillocales:add": add_locale,
    "wagtaillocales:copy": copy_locale,
    "wagtaillocales:edit": edit_locale,
    "wagtaillocales:delete": delete_locale,
}
