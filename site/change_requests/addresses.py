"""Which changes by two people there are about addresses: the site's own, and redirects."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from change_requests.domain import ChangeKind, register
from core.redirects import page_exists_at
from core.tree import HOME_DEPTH

LONGEST = 255
ADD, DELETE = "add", "delete"


def of_site(payload: dict) -> tuple[Site | None, list[str]]:
    """The site as it would be, and what speaks against it."""
    site = Site.objects.filter(pk=payload.get("site")).first()
    if site is None:
        return None, [_("This site does not exist any more.")]
    root = live_page(payload.get("root_page"))
    if root is None or root.depth != HOME_DEPTH:
        return site, [_("The root of a site has to be a public home page.")]
    site.hostname, site.port = payload.get("hostname"), payload.get("port")
    site.site_name, site.root_page = payload.get("site_name", ""), root
    try:
        site.full_clean()
    except ValidationError as error:
        return site, list(error.messages)
    return site, []


def check_site(payload: dict) -> list[str]:
    """What speaks against the site being so, now."""
    return of_site(payload)[1]


def apply_site(payload: dict) -> None:
    """Let the site be so."""
    of_site(payload)[0].save()


def words_of_site(payload: dict) -> list[tuple]:
    """The change in words: what, as it stands, as it would be."""
    site = Site.objects.filter(pk=payload["site"]).select_related("root_page").first()
    root = Page.objects.filter(pk=payload["root_page"]).first()
    return [
        (_("host name"), site and site.hostname, payload["hostname"]),
        (_("port"), site and site.port, payload["port"]),
        (_("name of the site"), site and site.site_name, payload["site_name"]),
        (_("home page"), site and site.root_page.title, root and root.title),
    ]


def check_redirect(payload: dict) -> list[str]:
    """What speaks against adding or deleting the redirect, now."""
    if payload.get("action") == DELETE:
        known = Redirect.objects.filter(pk=payload.get("id"), old_path=payload.get("old_path"))
        return [] if known.exists() else [_("This redirect does not exist any more.")]
    site = Site.objects.filter(pk=payload.get("site")).select_related("root_page").first()
    if site is None:
        return [_("This site does not exist any more.")]
    return [*_against_address(site, payload.get("old_path")), *_against_target(site, payload)]


def _against_address(site, address) -> list[str]:
    path = unquote(urlsplit(address or "").path)
    if (
        not path.startswith("/")
        or len(address) > LONGEST
        or Redirect.normalise_path(address) != address
    ):
        return [_("The old address begins with “/” and has neither host nor spaces.")]
    reasons = []
    if page_exists_at(site, path, _request(site, path)):
        reasons.append(_("A page stands at the old address, or was withdrawn from there."))
    if Redirect.get_for_site(site).filter(old_path=address).exists():
        reasons.append(_("There is a redirect from this address already."))
    return reasons


def _request(site, path) -> HttpRequest:
    """What a reader's browser would ask for."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    return request


def _against_target(site, payload) -> list[str]:
    target = payload.get("target")
    if isinstance(target, int):
        return [] if live_page(target) else [_("The target has to be a public page.")]
    parts = urlsplit(target or "")
    if parts.scheme != "https" or not parts.hostname or len(target) > LONGEST:
        return [_("Name a public page, or an address that begins with https://.")]
    if parts.hostname == site.hostname and Redirect.normalise_path(target) == payload["old_path"]:
        return [_("The redirect would lead to itself.")]
    return []


def apply_redirect(payload: dict) -> None:
    """Let there be such a redirect, or none."""
    if payload["action"] == DELETE:
        Redirect.objects.filter(pk=payload["id"], old_path=payload["old_path"]).delete()
        return
    target = payload["target"]
    to_page = isinstance(target, int)
    Redirect.objects.update_or_create(
        site_id=payload["site"],
        old_path=payload["old_path"],
        defaults={
            "redirect_page_id": target if to_page else None,
            "redirect_link": "" if to_page else target,
            "is_permanent": True,
        },
    )


def words_of_redirect(payload: dict) -> list[tuple]:
    """The change in words: what, as it stands, as it would be."""
    target = payload.get("target")
    if isinstance(target, int):
        page = Page.objects.filter(pk=target).first()
        target = f"{page.title} ({page.url_path})" if page else f"#{target}"
    if payload["action"] == DELETE:
        return [(_("redirect"), f"{payload['old_path']} → {target}", _("none any more"))]
    return [(_("redirect"), "", f"{payload['old_path']} → {target}")]


def live_page(key) -> Page | None:
    """The public page with this id."""
    return Page.objects.live().filter(pk=key).first() if isinstance(key, int) else None


def deletion_of(redirect: Redirect) -> dict:
    """The payload that would delete `redirect`; it says where it led, for the record."""
    return {
        "action": DELETE,
        "id": redirect.pk,
        "old_path": redirect.old_path,
        "target": redirect.redirect_page_id or redirect.redirect_link,
    }


def register_kinds() -> None:
    """Make the two kinds of change known, once, at start."""
    register(
        ChangeKind(
            "site",
            gettext_lazy("address of the site"),
            apply=apply_site,
            check=check_site,
            words=words_of_site,
        )
    )
    register(
        ChangeKind(
            "redirect",
            gettext_lazy("redirect"),
            apply=apply_redirect,
            check=check_redirect,
            words=words_of_redirect,
        )
    )
