"""How somebody reads: as printed, in large type (适老), in high contrast.

The choice is a cookie that the server reads, so it works without JavaScript and the first byte is
already right. A shared cache must not hand one reader's page to the next: pages go out `private,
no-cache`, and their ETag is a digest of what they are, mode and language included.
"""

from dataclasses import asdict, dataclass
from typing import NamedTuple

from django import forms
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "reading"
# the choice is kept for a year.
ONE_YEAR = 365 * 24 * 60 * 60
STANDARD = "normal"
MODES: dict[str, str | Promise] = {
    STANDARD: _("Standard"),
    "large": _("Large type"),
    "contrast": _("High contrast"),
}
# Base size in CSS pixels (R-11: 18 at least; ours begins at 20).
SIZES: dict[str, str | Promise] = {"20": _("Large"), "24": _("Larger"), "28": _("Largest")}
PARAMETERS = ("mode", "size")


class DisplayPreferencesForm(forms.Form):
    """The choice as it comes from outside: an address that a helper has sent, or a cookie."""

    mode = forms.ChoiceField(choices=MODES, required=False)
    size = forms.ChoiceField(choices=SIZES, required=False)


@dataclass(frozen=True)
class DisplayPreferences:
    """One reader's choice; `size` has a meaning in every mode but the standard one."""

    mode: str = STANDARD
    size: str = "20"

    def __str__(self) -> str:
        return f"{self.mode}.{self.size}"


def preferences_from(values, otherwise: DisplayPreferences) -> DisplayPreferences | None:
    """The choice in `values` (a mapping), completed from `otherwise`; None if there is none."""
    form = DisplayPreferencesForm({name: values.get(name, "") for name in PARAMETERS})
    if not form.is_valid():
        return None
    mode, size = form.cleaned_data["mode"], form.cleaned_data["size"]
    if not mode and not size:
        return None
    return DisplayPreferences(mode or otherwise.mode, size or otherwise.size)


def stored_preferences(request) -> DisplayPreferences:
    """What the cookie says; the standard where it says nothing that we know."""
    mode, _dot, size = request.COOKIES.get(COOKIE, "").partition(".")
    return (
        preferences_from({"mode": mode, "size": size}, DisplayPreferences()) or DisplayPreferences()
    )


def preferences_of(request) -> DisplayPreferences:
    """The choice for this request; the standard where no middleware has run."""
    return getattr(request, "reading", None) or DisplayPreferences()


class PreferenceChoice(NamedTuple):
    """One link of the switch."""

    label: str
    address: str
    current: bool


def is_greyscale(frame, page) -> bool:
    """Whether the site, or its home page alone, is grey now, as the home page says."""
    root = frame.root if frame else None
    if root is None or not root.grey_from or not root.grey_until:
        return False
    if not root.grey_from <= timezone.now() < root.grey_until:
        return False
    whole = root.grey_scope == root.GreyScope.SITE
    return whole or (bool(page) and page.pk == frame.home.pk)


def preference_choices(request) -> dict[str, list[PreferenceChoice]]:
    """`modes` and `sizes` as links to this page; no sizes in the standard mode.

    What shows the switch is a page of the site: only such an answer keeps the choice.
    """
    request.reading_shown = True
    reading = preferences_of(request)
    return {
        "modes": [
            PreferenceChoice(label, url_with(request, mode=mode), mode == reading.mode)
            for mode, label in MODES.items()
        ],
        "sizes": [
            PreferenceChoice(
                label, url_with(request, mode=reading.mode, size=size), size == reading.size
            )
            for size, label in SIZES.items()
            if reading.mode != STANDARD
        ],
    }


def type_size_choices(request) -> list[PreferenceChoice]:
    """The standard and each size, as links to this page; contrast stays where it was chosen."""
    reading = preferences_of(request)
    larger = "large" if reading.mode == STANDARD else reading.mode
    choices = {MODES[STANDARD]: DisplayPreferences(STANDARD, reading.size)}
    choices |= {label: DisplayPreferences(larger, size) for size, label in SIZES.items()}
    return [
        PreferenceChoice(label, url_with(request, **asdict(choice)), choice == reading)
        for label, choice in choices.items()
    ]


def url_with(request, **choice: str) -> str:
    """This page's address with another choice; filters and page number stay."""
    query = request.GET.copy()
    for name in PARAMETERS:
        query.pop(name, None)
    for name, value in choice.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"


class DisplayPreferencesMiddleware:
    """Sets `request.reading`, keeps what the address asks for, and marks pages as private.

    Only a choice sets the cookie: who makes none gets none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        kept = stored_preferences(request)
        asked = preferences_from(request.GET, kept)
        request.reading = asked or kept
        response = self.get_response(request)
        if asked and hasattr(request, "reading_shown"):
            response.set_cookie(
                COOKIE,
                str(asked),
                max_age=ONE_YEAR,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response
