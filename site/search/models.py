"""The pages that readers can find, and results promoted above others."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.tokens import normalized_terms


class PublicEntry(models.Model):
    """A page that readers can reach, with what a search shows and counts of it.

    Rows can be rebuilt from the pages at any time (`search.index_sync`); the text that is searched
    is in Wagtail's index, which has drafts too.
    """

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="public_entry"
    )
    # The home page above it: one for each district and language.
    home = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    school = models.ForeignKey(
        "schools.SchoolPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Labels in the language of the page; several grades stand on a line each.
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    grades = models.CharField(_("grade bands"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)
    # From then on nobody finds it, whether it has been taken down or not.
    ends_at = models.DateTimeField(_("last moment"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("public entry of the search")
        verbose_name_plural = _("public entries of the search")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class PublicText(models.Model):
    """The text of an entry, for excerpts; separate, so that a search counts narrow rows."""

    entry = models.OneToOneField(
        PublicEntry, primary_key=True, on_delete=models.CASCADE, related_name="written"
    )
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("public text of the search")
        verbose_name_plural = _("public texts of the search")

    def __str__(self) -> str:
        return self.text[:80]


class PromotedResult(models.Model):
    """A page shown above all results of certain queries.

    Nobody writes text for it: its title and summary are the page's own, which have been reviewed.
    """

    words = models.TextField(
        _("words searched for"),
        max_length=400,
        help_text=_("One query a line. Width, case and traditional characters do not matter."),
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["pk"]

    def __str__(self) -> str:
        return "、".join(self.words.split("\n"))

    def matches(self, query: str) -> bool:
        """Return whether the page is promoted for this query."""
        return normalized_terms(query) in map(normalized_terms, self.words.splitlines())
