"""Display preferences of a reader: standard, large type (适老) or high contrast, and a type size.

They are stored in a cookie that the server reads, so they work without JavaScript and from the
first byte. A shared cache must not hand one reader's page to the next: pages go out `private,
no-cache`, and their ETag is a digest of their content, preferences and language included.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

if TYPE_CHECKING:
    from core.display.site_context import SiteContext

COOKIE = "reading"
# In seconds.
ONE_YEAR = 365 * 24 * 60 * 60
STANDARD = "normal"
MODES: dict[str, str | Promise] = {
    STANDARD: _("Standard"),
    "large": _("Large type"),
    "contrast": _("High contrast"),
}
# Base size in CSS pixels; type for elderly readers has to be 18 at least.
SIZES: dict[str, str | Promise] = {"20": _("Large"), "24": _("Larger"), "28": _("Largest")}
PARAMETERS = ("mode", "size")
# The attribute of a request whose page shows the links that set preferences.
SHOWN = "_display_preferences_shown"


class DisplayPreferencesForm(forms.Form):
    """The preferences as they come from outside, in an address or a cookie."""

    mode = forms.ChoiceField(choices=MODES, required=False)
    size = forms.ChoiceField(choices=SIZES, required=False)


@dataclass(frozen=True)
class DisplayPreferences:
    """A reader's preferences; `size` applies in every mode but the standard one."""

    mode: str = STANDARD
    size: str = "20"

    def __str__(self) -> str:
        return f"{self.mode}.{self.size}"


class PreferenceLink(NamedTuple):
    """A link that sets a preference."""

    label: str | Promise
    url: str
    is_current: bool


def preferences_from(
    values: Mapping[str, str], default: DisplayPreferences
) -> DisplayPreferences | None:
    """Return the preferences in `values`, completed from `default`; None without valid ones."""
    form = DisplayPreferencesForm({name: values.get(name, "") for name in PARAMETERS})
    if not form.is_valid():
        return None
    mode, size = form.cleaned_data["mode"], form.cleaned_data["size"]
    if not mode and not size:
        return None
    return DisplayPreferences(mode or default.mode, size or default.size)


def stored_preferences(request: HttpRequest) -> DisplayPreferences:
    """Return the preferences of the cookie; the standard ones if it holds no valid ones."""
    mode, _dot, size = request.COOKIES.get(COOKIE, "").partition(".")
    standard = DisplayPreferences()
    return preferences_from({"mode": mode, "size": size}, standard) or standard


def preferences_of(request: HttpRequest | None) -> DisplayPreferences:
    """Return the preferences for this request; the standard ones without the middleware."""
    return getattr(request, "display_preferences", None) or DisplayPreferences()


def is_greyscale(site_context: "SiteContext | None", page: Page | None) -> bool:
    """Return whether `page` is shown in grey now, in mourning, as the home page sets it.

    That is the whole site or the home page alone.
    """
    if site_context is None or site_context.root is None:
        return False
    root = site_context.root
    if not root.grey_from or not root.grey_until:
        return False
    if not root.grey_from <= timezone.now() < root.grey_until:
        return False
    if root.grey_scope == root.GreyScope.SITE:
        return True
    return isinstance(page, Page) and page.pk == site_context.home.pk


def preference_links(request: HttpRequest) -> dict[str, list[PreferenceLink]]:
    """Return `modes` and `sizes` as links to this page; no sizes in the standard mode.

    What shows these links is a page of the site: only such a response stores the preferences.
    """
    vars(request)[SHOWN] = True
    current = preferences_of(request)
    modes = [
        PreferenceLink(label, url_with(request, mode=mode), mode == current.mode)
        for mode, label in MODES.items()
    ]
    sizes = [
        PreferenceLink(label, url_with(request, mode=current.mode, size=size), size == current.size)
        for size, label in SIZES.items()
        if current.mode != STANDARD
    ]
    return {"modes": modes, "sizes": sizes}


def type_size_links(request: HttpRequest) -> list[PreferenceLink]:
    """Return the standard and each size as links to this page; high contrast is kept."""
    current = preferences_of(request)
    mode = "large" if current.mode == STANDARD else current.mode
    choices = {MODES[STANDARD]: DisplayPreferences(STANDARD, current.size)}
    choices |= {label: DisplayPreferences(mode, size) for size, label in SIZES.items()}
    return [
        PreferenceLink(label, url_with(request, **asdict(preferences)), preferences == current)
        for label, preferences in choices.items()
    ]


def url_with(request: HttpRequest, **preferences: str) -> str:
    """Return this page's URL with other preferences; filters and page number stay."""
    query = request.GET.copy()
    for name in PARAMETERS:
        query.pop(name, None)
    for name, value in preferences.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"


class DisplayPreferencesMiddleware:
    """Set `request.display_preferences`, store what the address asks for, mark pages private.

    The cookie is set only when an address sets preferences.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stored = stored_preferences(request)
        requested = preferences_from(request.GET, stored)
        vars(request)["display_preferences"] = requested or stored
        response = self.get_response(request)
        if requested and SHOWN in vars(request):
            response.set_cookie(
                COOKIE,
                str(requested),
                max_age=ONE_YEAR,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
        is_html = response.get("Content-Type", "").startswith("text/html")
        if is_html and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response
