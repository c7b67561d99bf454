"""System checks of a real district."""

import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db.utils import OperationalError, ProgrammingError
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

# What inspections of public sites look for in the footer; of several fields one must be filled.
FURNITURE = {
    ("committee",): "W001",
    ("phone", "email"): "W002",
    ("mark_kind",): "W003",
    ("site_code",): "W004",
    ("icp_number",): "W005",
    ("police_number",): "W006",
}
REPORTING = "report_error"
TYPED = ("committee", "undertaker", "address", "phone", "email")
NUMBERS = ("site_code", "icp_number", "police_number")
# What stands where something real is still to be written: numbers and words of the demo, of the
# help texts, and of forms filled in for the time being.
PLACEHOLDER = re.compile(
    r"0{7}|1{7}|12345678|37081102000123|示例|演示|样例|待填|待定|某某|x{3}|\bexample\b|\bdemo\b",
    re.IGNORECASE,
)


@register(Tags.security)
def no_demo_accounts(app_configs, databases=None, **kwargs):
    """Production must not have an account whose password can be derived."""
    if not settings.PRODUCTION:
        return []
    names = _found(_sample_accounts)
    if not names:
        return []
    message = _("Demo accounts exist: %(names)s. Delete them.") % {"names": ", ".join(names)}
    return [Error(message, id="district.E001")]


@register
def the_footer_is_complete(app_configs, databases=None, **kwargs):
    """Production shows what the law asks of every page, and nothing made up in its place."""
    if not settings.PRODUCTION:
        return []
    return _found(_faults_of_homes) + _reporting()


def _found(ask: Callable[[], list]) -> list:
    """What `ask` finds; nothing before the first migration."""
    try:
        return ask()
    except (OperationalError, ProgrammingError):
        return []


def _sample_accounts() -> list[str]:
    from django.contrib.auth import get_user_model

    samples = get_user_model().objects.filter(is_sample=True)
    return list(samples.values_list("username", flat=True))


def _faults_of_homes() -> list[CheckMessage]:
    return [message for home in _homes() for message in _wrong_with(home)]


def _homes() -> list:
    from home.models import HomePage

    return list(HomePage.objects.filter(sites_rooted_here__isnull=False).distinct())


def _wrong_with(home) -> Iterator[CheckMessage]:
    for names, number in FURNITURE.items():
        if not any(getattr(home, name) for name in names):
            yield _missing(home, names, number)
    for name in TYPED + NUMBERS:
        if PLACEHOLDER.search(getattr(home, name)):
            message = _("%(field)s: “%(text)s” is made up. Write what is true.")
            words = {"field": _label(home, name), "text": getattr(home, name)}
            yield Error(message % words, id="district.E002", obj=home)


def _missing(home, names, number: str) -> CheckMessage:
    fields = " / ".join(_label(home, name) for name in names)
    message = _("The footer of every page lacks this: %(fields)s.") % {"fields": fields}
    hint = _("The web editor writes it on the home page, under “Site information”.")
    return Warning(message, hint=hint, id=f"district.{number}", obj=home)


def _label(home, name: str) -> str:
    return str(home._meta.get_field(name).verbose_name)


def _reporting() -> list[CheckMessage]:
    try:
        reverse(REPORTING)
    except NoReverseMatch:
        message = _("Readers have no way to report a mistake on the site.")
        return [Warning(message, id="district.W007")]
    return []
