"""Links that lead out of the site, and the notice that stands before them.

What is no plain address of http or https is no link at all: browsers and Python read bent ones
differently, and the reader would go elsewhere than the notice says.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import SplitResult, urlencode, urlsplit

import idna
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.http.request import validate_host
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.rich_text import LinkHandler

LONGEST = 2000
OFFICIAL = "gov.cn"
PLAIN_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
# What Wagtail's rewriter hands to no link handler, and no browser keeps on this site.
STRAY = re.compile(r'<a\b[^>]*?\bhref="(?!https?:|mailto:|tel:|#|/(?![/\\]))([^"]*)"[^>]*>')


@dataclass(frozen=True)
class ExternalTarget:
    """Where a link leads: the address, and its host as a browser sends it."""

    url: str
    host: str

    @property
    def local(self) -> bool:
        """Whether it leads to a host of ours."""
        own = [host for host in settings.ALLOWED_HOSTS if host != "*"]
        own.append(urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "")
        return validate_host(self.host, own)

    @property
    def direct(self) -> bool:
        """Whether no notice stands before it: official sites, and those the district named."""
        return any(
            self.host == name or self.host.endswith(f".{name}")
            for name in (OFFICIAL, *settings.DIRECT_HOSTS)
        )

    @property
    def written(self) -> str:
        """The host in its own script where it has one; empty where that says nothing new."""
        try:
            words = idna.decode(self.host)
        except UnicodeError:
            return ""
        return words if words != self.host else ""


def parse_target(address: str) -> ExternalTarget | None:
    """Where `address` leads, with the host in ASCII; None unless it is plainly http or https."""
    address = address.strip()
    bent = " " in address or not address.isprintable()
    if bent or len(address) > LONGEST:
        return None
    try:
        parts = urlsplit(address)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not host:
        return None
    place = host if port is None else f"{host}:{port}"
    return ExternalTarget(SplitResult(parts.scheme, place, *parts[2:]).geturl(), host)


def _ascii(host: str) -> str:
    """The host as a browser sends it. Raises ValueError if there is no such host."""
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    if not PLAIN_HOST.fullmatch(host):
        raise ValueError(host)
    return host


def leaving_notice_url(target: ExternalTarget) -> str:
    """The notice that names this target; signed, so that nobody else's words lead on from it."""
    return f"{reverse('leave')}?{urlencode({'to': _signer().sign(target.url)})}"


def _signer() -> Signer:
    return Signer(salt="core.display.external_links")


def link_opening_tag(address: str) -> SafeString:
    """`<a …>` towards `address`, with a mark for those who listen; without a way if it has none."""
    target = parse_target(address)
    if target is None:
        return SafeString("<a>")
    if target.local:
        return format_html('<a href="{}">', target.url)
    return format_html(
        '<a class="out" href="{}" rel="{}" data-address="{}"><span class="sr">{} </span>',
        target.url if target.direct else leaving_notice_url(target),
        "noopener" if target.direct else "nofollow",
        target.url,
        _("Outside link:"),
    )


class ExternalLinkHandler(LinkHandler):
    """Outside links in rich text."""

    identifier = "external"

    @staticmethod
    def expand_db_attributes(attrs: dict) -> str:
        """The tag that begins the link."""
        return link_opening_tag(attrs.get("href", ""))


def without_invalid_links(html: str) -> SafeString:
    """Rich text that is drawn already, its last ways round the notice taken out (`//host`, ftp)."""
    return SafeString(STRAY.sub(lambda found: link_opening_tag(unescape(found[1])), html))


@never_cache
@require_safe
def leaving_notice(request):
    """Say where the link leads and that it is not ours; one link onward, one back.

    Raises:
        Http404: the address was not signed here.
    """
    try:
        target = parse_target(_signer().unsign(request.GET.get("to", "")))
    except BadSignature:
        target = None
    if target is None:
        raise Http404("no such notice")
    context = {"target": target, "back": _way_back(request)}
    response = render(request, "core/leave.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _way_back(request) -> str:
    """The page of this site on which the link stood; empty if the browser does not say."""
    referer = request.headers.get("referer", "")
    own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if own and urlsplit(referer).path != request.path else ""
