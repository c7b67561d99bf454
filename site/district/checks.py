"""System checks of production: no demo accounts, a complete and true footer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db.utils import OperationalError, ProgrammingError
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from home.models import HomePage

# What inspections of public sites look for in the footer: fields, one of which must be filled,
# and the number of the warning.
FOOTER_FIELDS = {
    ("committee",): "W001",
    ("phone", "email"): "W002",
    ("mark_kind",): "W003",
    ("site_code",): "W004",
    ("icp_number",): "W005",
    ("police_number",): "W006",
}
ERROR_REPORT_URL = "report_error"
TEXT_FIELDS = ("committee", "undertaker", "address", "phone", "email")
NUMBER_FIELDS = ("site_code", "icp_number", "police_number")
# Values that stand in for real ones: numbers and words of the demo, of the help texts, and of
# forms filled in provisionally.
PLACEHOLDER = re.compile(
    r"0{7}|1{7}|12345678|37081102000123|示例|演示|样例|待填|待定|某某|x{3}|\bexample\b|\bdemo\b",
    re.IGNORECASE,
)


@register(Tags.security)
def check_demo_accounts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error if production has an account whose password can be derived."""
    if not settings.PRODUCTION:
        return []
    names = _if_migrated(_demo_account_names)
    if not names:
        return []
    message = _("Demo accounts exist: %(names)s. Delete them.") % {"names": ", ".join(names)}
    return [Error(message, id="district.E001")]


@register
def check_footer(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return what production lacks of what every page has to show, and what is a placeholder."""
    if not settings.PRODUCTION:
        return []
    return _if_migrated(_home_page_messages) + _error_report_messages()


def _if_migrated(query: Callable[[], list]) -> list:
    """Return the result of `query`; nothing before the first migration."""
    try:
        return query()
    except (OperationalError, ProgrammingError):
        return []


def _demo_account_names() -> list[str]:
    demo_users = get_user_model().objects.filter(is_sample=True)
    return list(demo_users.values_list("username", flat=True))


def _home_page_messages() -> list[CheckMessage]:
    return [message for home in _home_pages() for message in _footer_messages(home)]


def _home_pages() -> list[HomePage]:
    return list(HomePage.objects.filter(sites_rooted_here__isnull=False).distinct())


def _footer_messages(home: HomePage) -> Iterator[CheckMessage]:
    for names, number in FOOTER_FIELDS.items():
        if not any(getattr(home, name) for name in names):
            yield _missing_field_warning(home, names, number)
    for name in TEXT_FIELDS + NUMBER_FIELDS:
        value = getattr(home, name)
        if PLACEHOLDER.search(value):
            message = _("%(field)s: “%(text)s” is made up. Write what is true.")
            message %= {"field": _field_label(home, name), "text": value}
            yield Error(message, id="district.E002", obj=home)


def _missing_field_warning(home: HomePage, names: tuple[str, ...], number: str) -> CheckMessage:
    fields = " / ".join(_field_label(home, name) for name in names)
    message = _("The footer of every page lacks this: %(fields)s.") % {"fields": fields}
    hint = _("The web editor writes it on the home page, under “Site information”.")
    return Warning(message, hint=hint, id=f"district.{number}", obj=home)


def _field_label(home: HomePage, name: str) -> str:
    field: Any = home._meta.get_field(name)
    return str(field.verbose_name)


def _error_report_messages() -> list[CheckMessage]:
    try:
        reverse(ERROR_REPORT_URL)
    except NoReverseMatch:
        message = _("Readers have no way to report a mistake on the site.")
        return [Warning(message, id="district.W007")]
    return []
