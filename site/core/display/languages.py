"""Translations of a page: only what is live is offered, and the link says where it leads.

One query answers for a page and all its ancestors; the result is kept on the page object.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from wagtail.models import Page

from core.tree import below_root


class LanguageSwitchTarget(NamedTuple):
    """Where the language switch leads; not `exact`: only an ancestor is translated."""

    language: str
    page: Page
    exact: bool


def language_tag(code: str) -> str:
    """Return a language code as a BCP 47 tag: zh-hans → zh-Hans."""
    base, _hyphen, script = code.partition("-")
    return f"{base}-{script.title()}" if len(script) == 4 else code


def default_language() -> str:
    """Return the language in which the district writes first."""
    return settings.LANGUAGE_CODE


def breadcrumb_trail(page: Page) -> list[Page]:
    """Return the live ancestors of `page` from the home page down."""
    if not hasattr(page, "_breadcrumb_trail"):
        page._breadcrumb_trail = list(page.get_ancestors().filter(below_root()).live())
    return page._breadcrumb_trail


def live_translations(page: Page) -> list[Page]:
    """Return the live translations of `page`, without itself, each with its locale."""
    return [
        translation
        for translation in _branch_translations(page)
        if translation.translation_key == page.translation_key
    ]


def switch_target(page: Page, language: str) -> LanguageSwitchTarget | None:
    """Return the live translation of `page`, else of its nearest ancestor that has one."""
    translations = {
        translation.translation_key: translation
        for translation in _branch_translations(page)
        if translation.locale.language_code == language
    }
    for candidate in [page, *reversed(breadcrumb_trail(page))]:
        if translation := translations.get(candidate.translation_key):
            return LanguageSwitchTarget(language, translation, exact=candidate is page)
    return None


def switch_targets(page: Page, current: str) -> list[LanguageSwitchTarget]:
    """Return the target in each language but the current one, where there is any."""
    codes = [code for code, _name in settings.LANGUAGES if code != current]
    return [target for code in codes if (target := switch_target(page, code))]


def translated_view_url(request: HttpRequest | None, language: str) -> str:
    """Return the URL in `language` of the view that answers `request`; empty if it is a page."""
    match = request.resolver_match if request else None
    if request is None or match is None or match.url_name == "wagtail_serve":
        return ""
    url = request.get_full_path()
    translated = translate_url(url, language)
    return translated if translated != url else ""


def _branch_translations(page: Page) -> list[Page]:
    """Return the live translations of the page and of its ancestors into other languages."""
    if not hasattr(page, "_branch_translations"):
        keys = [each.translation_key for each in [page, *breadcrumb_trail(page)]]
        page._branch_translations = list(
            Page.objects.live()
            .filter(translation_key__in=keys)
            .exclude(locale=page.locale_id)
            .select_related("locale")
        )
    return page._branch_translations
