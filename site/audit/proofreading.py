"""What every level checks before it approves."""

from django.db import models
from django.utils.translation import gettext_lazy


class ProofreadingItem(models.TextChoices):
    """The proof-reading list of every level (三校)."""

    WORDING = "wording", gettext_lazy("political wording")
    LEADERS = "leaders", gettext_lazy("leaders' names, titles and order")
    NAMES = "names", gettext_lazy("people, places, organisations")
    FIGURES = "figures", gettext_lazy("figures and dates")
    PICTURES = "pictures", gettext_lazy("picture matches text")
    LINKS = "links", gettext_lazy("links and attachments")
    PERSONAL = "personal", gettext_lazy("personal information")


class SecrecyResult(models.TextChoices):
    """The result of the secrecy review (保密审查)."""

    OPEN = "open", gettext_lazy("nothing secret, may be public")
    SECRET = "secret", gettext_lazy("must not be public")
