"""What readers can find, and what is shown to them first."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.tokens import plain_words


class PublicEntry(models.Model):
    """A page that readers can reach today, with what a search shows of it and counts.

    Rows can be made again from the pages at any time (`search.index_sync`); the words to look
    for are in Wagtail's index, which knows drafts too.
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
    # Shown words, in the language of the page; several grades stand one below the other.
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    grades = models.CharField(_("grade bands"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    published_at = models.DateTimeField(_("published"), null=True)
    # When its term is over: from then on nobody finds it, whether it has been taken down or not.
    ends_at = models.DateTimeField(_("last moment"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("public entry of the search")
        verbose_name_plural = _("public entries of the search")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class PublicText(models.Model):
    """The text of an entry, for excerpts: apart, because a search counts 100,000 narrow rows."""

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
    """A page shown above all results for certain words; nothing of it is written by anybody.

    Its title and summary are the page's own, which has been through review.
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

    def answers(self, query: str) -> bool:
        """Whether it is shown for this query."""
        return plain_words(query) in [plain_words(line) for line in self.words.splitlines()]
