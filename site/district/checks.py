"""System checks of a real district."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.utils.translation import gettext as _


@register(Tags.security)
def no_demo_accounts(app_configs, databases=None, **kwargs):
    """Production must not have an account whose password can be derived."""
    if not settings.PRODUCTION:
        return []
    from django.contrib.auth import get_user_model
    from django.db.utils import OperationalError, ProgrammingError

    try:
        names = list(
            get_user_model().objects.filter(is_sample=True).values_list("username", flat=True)
        )
    except (OperationalError, ProgrammingError):
        return []  # before the first migration there is nobody
    if not names:
        return []
    message = _("Demo accounts exist: %(names)s. Delete them.") % {"names": ", ".join(names)}
    return [Error(message, id="district.E001")]
