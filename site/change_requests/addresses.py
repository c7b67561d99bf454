"""The two kinds of change about addresses: those of a site, and redirects."""

from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from audit import record
from audit.models import ChangeStatus, RecordEntry
from change_requests.kinds import ChangeKind, ChangeRow, Payload
from core.redirects import page_exists_at
from core.tree import HOME_DEPTH
from roles.scopes import district_key_of

MAX_LENGTH = 255
ADD, DELETE = "add", "delete"


def changed_site(payload: Payload) -> Site | None:
    """Return the site with the values of the payload, not saved; None if it was deleted."""
    site = Site.objects.filter(pk=payload.get("site")).first()
    if site is not None:
        site.hostname, site.port = payload.get("hostname"), payload.get("port")
        site.site_name = payload.get("site_name", "")
        site.root_page = live_page(payload.get("root_page"))
    return site


def site_errors(payload: Payload) -> list[str]:
    """Return why the site cannot have these values now."""
    site = changed_site(payload)
    if site is None:
        return [_("This site does not exist any more.")]
    if site.root_page is None or site.root_page.depth != HOME_DEPTH:
        return [_("The root of a site has to be a public home page.")]
    try:
        site.full_clean()
    except ValidationError as error:
        return list(error.messages)
    return []


def apply_site(payload: Payload) -> None:
    """Save the site with these values."""
    site = changed_site(payload)
    if site is not None:
        site.save()


def record_site(site: Site) -> None:
    """Put on the record what a command made of a site, as a change that two people make is."""
    record.append_without_content(
        RecordEntry.Kind.CHANGE,
        _("Site: %(new)s, set up on the server") % {"new": site.hostname},
        district_key=district_key_of(site.root_page),
        detail={
            "kind": SITE_KIND.name,
            "status": str(ChangeStatus.CONFIRMED),
            "payload": {
                "site": site.pk,
                "hostname": site.hostname,
                "port": site.port,
                "site_name": site.site_name,
                "root_page": site.root_page_id,
            },
            "words": [],
        },
    )


def site_rows(payload: Payload) -> list[ChangeRow]:
    """Compare the site as it stands with the one requested."""
    site = Site.objects.filter(pk=payload["site"]).select_related("root_page").first()
    root = Page.objects.filter(pk=payload["root_page"]).first()
    return [
        ChangeRow(_("host name"), site and site.hostname, payload["hostname"]),
        ChangeRow(_("port"), site and site.port, payload["port"]),
        ChangeRow(_("name of the site"), site and site.site_name, payload["site_name"]),
        ChangeRow(_("home page"), site and site.root_page.title, root and root.title),
    ]


def redirect_errors(payload: Payload) -> list[str]:
    """Return why the redirect cannot be added, or deleted, now."""
    if payload.get("action") == DELETE:
        redirects = Redirect.objects.filter(pk=payload.get("id"), old_path=payload.get("old_path"))
        return [] if redirects.exists() else [_("This redirect does not exist any more.")]
    site = Site.objects.filter(pk=payload.get("site")).select_related("root_page").first()
    if site is None:
        return [_("This site does not exist any more.")]
    return [*old_path_errors(site, payload.get("old_path")), *target_errors(site, payload)]


def old_path_errors(site: Site, old_path: str | None) -> list[str]:
    """Return why no redirect may begin at this path of the site."""
    old_path = old_path or ""
    parts = _split(old_path)
    path = unquote(parts.path) if parts else ""
    if (
        not path.startswith("/")
        or not path.isprintable()
        or len(old_path) > MAX_LENGTH
        or Redirect.normalise_path(old_path) != old_path
    ):
        return [_("The old address begins with “/” and has neither host nor spaces.")]
    errors = []
    if page_exists_at(site, path, _request(site, path)):
        errors.append(_("A page stands at the old address, or was withdrawn from there."))
    if Redirect.get_for_site(site).filter(old_path=old_path).exists():
        errors.append(_("There is a redirect from this address already."))
    return errors


def target_errors(site: Site, payload: Payload) -> list[str]:
    """Return why the redirect of the payload may not lead to its target."""
    target = payload.get("target")
    if isinstance(target, int):
        return [] if live_page(target) else [_("The target has to be a public page.")]
    parts = _split(target or "")
    if not parts or parts.scheme != "https" or not parts.hostname or len(target or "") > MAX_LENGTH:
        return [_("Name a public page, or an address that begins with https://.")]
    if parts.hostname == site.hostname and Redirect.normalise_path(target) == payload["old_path"]:
        return [_("The redirect would lead to itself.")]
    return []


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None if it has none, as with half a bracket in its host."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def apply_redirect(payload: Payload) -> None:
    """Add the redirect, or delete it."""
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


def redirect_rows(payload: Payload) -> list[ChangeRow]:
    """Describe the redirect that is added or deleted."""
    target = payload.get("target")
    if isinstance(target, int):
        page = Page.objects.filter(pk=target).first()
        target = f"{page.title} ({page.url_path})" if page else f"#{target}"
    redirect = f"{payload['old_path']} → {target}"
    if payload["action"] == DELETE:
        return [ChangeRow(_("redirect"), redirect, _("none any more"))]
    return [ChangeRow(_("redirect"), "", redirect)]


def deletion_payload(redirect: Redirect) -> Payload:
    """Return the payload that deletes `redirect`; it names the target, for the record."""
    return {
        "action": DELETE,
        "id": redirect.pk,
        "old_path": redirect.old_path,
        "target": redirect.redirect_page_id or redirect.redirect_link,
    }


def live_page(page_id: object) -> Page | None:
    """Return the public page with this id."""
    return Page.objects.live().filter(pk=page_id).first() if isinstance(page_id, int) else None


def _request(site: Site, path: str) -> HttpRequest:
    """Return the request that a reader's browser would send."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    return request


SITE_KIND = ChangeKind(
    "site",
    gettext_lazy("address of the site"),
    apply=apply_site,
    errors=site_errors,
    rows=site_rows,
)
REDIRECT_KIND = ChangeKind(
    "redirect",
    gettext_lazy("redirect"),
    apply=apply_redirect,
    errors=redirect_errors,
    rows=redirect_rows,
)
