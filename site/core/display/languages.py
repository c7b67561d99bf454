"""Other languages of a page: only what is live is offered, and the reader is told the truth.

One query answers for a page and all its ancestors; it is remembered on the page object.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import translate_url
from wagtail.models import Page


class Target(NamedTuple):
    """Where the language switch leads; not `exact` means that only an ancestor is translated."""

    language: str
    page: Page
    exact: bool


def tag_of(language: str) -> str:
    """A language code as HTML wants it: zh-hans → zh-Hans."""
    base, _hyphen, script = language.partition("-")
    return f"{base}-{script.title()}" if len(script) == 4 else language


def default_language() -> str:
    """The language in which the district writes first."""
    return settings.LANGUAGE_CODE


def trail_of(page: Page) -> list[Page]:
    """The page's live ancestors from the home page down, without the tree's root."""
    if not hasattr(page, "_trail"):
        page._trail = list(page.get_ancestors().filter(depth__gt=1).live())
    return page._trail


def alternates(page: Page) -> list[Page]:
    """The live translations of `page`, without itself, each with its locale."""
    return [other for other in _translations(page) if other.translation_key == page.translation_key]


def switch_target(page: Page, language: str) -> Target | None:
    """The live translation of `page` into `language`, else of its nearest ancestor that has one."""
    others = {
        other.translation_key: other
        for other in _translations(page)
        if other.locale.language_code == language
    }
    for step in [page, *reversed(trail_of(page))]:
        if step.translation_key in others:
            return Target(language, others[step.translation_key], exact=step is page)
    return None


def switch_targets(page: Page, current: str) -> list[Target]:
    """Where the reader can go in each language but the current one."""
    codes = [code for code, _name in settings.LANGUAGES if code != current]
    return [target for code in codes if (target := switch_target(page, code))]


def same_view(request, language: str) -> str:
    """The address in `language` of what `request` shows, where that is a view and no page."""
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name == "wagtail_serve":
        return ""
    here = request.get_full_path()
    there = translate_url(here, language)
    return there if there != here else ""


def _translations(page: Page) -> list[Page]:
    """Live translations of the page and of its ancestors into other languages."""
    if not hasattr(page, "_translations"):
        keys = [step.translation_key for step in [page, *trail_of(page)]]
        page._translations = list(
            Page.objects.live()
            .filter(translation_key__in=keys)
            .exclude(locale=page.locale_id)
            .select_related("locale")
        )
    return page._translations
