"""News of schools and of the district."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.days import end_of_day
from core.fields import BodyField
from core.models import BasePage, Facet, IndexPage
from core.models.mixins import PageRow, SummaryMixin
from news.forms import NewsListingForm, NewsPageForm
from schools.models import SchoolContent


class NewsPage(SummaryMixin, SchoolContent):
    """A news item; the system sets its date of publication (`first_published_at`).

    A public notice (公示) is public until its last day and answers 410 from the day after.
    """

    class Kind(models.TextChoices):
        HEADLINE = "headline", _("headline")
        ACTIVITY = "activity", _("school life")
        ANNOUNCEMENT = "announcement", _("announcement")
        PUBLIC_NOTICE = "public_notice", _("public notice")
        CASE = "case", _("case study")

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.ACTIVITY,
        help_text=_(
            "A public notice (公示) asks for objections and comes down after its last day; an "
            "announcement (公告) stays."
        ),
    )
    event_date = models.DateField(
        _("day of the event"),
        null=True,
        blank=True,
        help_text=_("If it tells of one day. The day of publication is set by the system."),
    )
    source = models.CharField(
        _("source"),
        max_length=80,
        blank=True,
        help_text=_("Only for a reprint: who published it first. Otherwise leave it empty."),
    )
    author_name = models.CharField(
        _("author"), max_length=60, help_text=_("Who wrote it: a person or an office.")
    )
    editor_name = models.CharField(
        _("editor in charge"),
        max_length=60,
        blank=True,
        help_text=_("Who answers for the text, if it is already known."),
    )
    lead_image = models.ForeignKey(
        "core.Image",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = BodyField(verbose_name=_("body"))
    notice_until = models.DateField(
        _("last day of the notice"),
        null=True,
        blank=True,
        help_text=_("Only for public notices, which need it, and announcements."),
    )

    base_form_class = NewsPageForm
    schema_type = "NewsArticle"
    card_template = "news/news_card.html"
    card_picture = "lead_image"
    # "lead": the newest one on the home page.
    picture_sizes = {"lead_image": ("wide", "dated", "lead"), "body": ("text",)}
    listing_relations = ("school",)
    parent_page_types = ["schools.SchoolPage", "news.NewsIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("notice_until"), FieldPanel("event_date")],
            heading=_("What it is"),
        ),
        SummaryMixin.listing_panel("lead_image"),
        FieldPanel("body"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("attachment"), max_num=10),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("author_name"), FieldPanel("editor_name")]),
                FieldPanel("source"),
            ],
            heading=_("Who answers for it"),
        ),
    ]
    search_fields = [
        *SchoolContent.search_fields,
        *SummaryMixin.summary_search_fields,
        index.SearchField("body"),
        index.SearchField("source"),
        index.SearchField("author_name"),
        index.RelatedFields(
            "attachments", [index.RelatedFields("document", [index.SearchField("title")])]
        ),
        index.FilterField("kind"),
        index.FilterField("notice_until"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    def clean_submission(self) -> None:
        super().clean_submission()
        if self.kind == self.Kind.PUBLIC_NOTICE and not self.notice_until:
            raise ValidationError(
                {"notice_until": _("A public notice needs its last day; then it comes down.")}
            )
        if self.notice_until and self.kind not in (
            self.Kind.PUBLIC_NOTICE,
            self.Kind.ANNOUNCEMENT,
        ):
            raise ValidationError(
                {
                    "notice_until": _(
                        "Only public notices and announcements have a last day. "
                        "Empty this field or choose another kind."
                    )
                }
            )

    @property
    def ends_at(self) -> datetime | None:
        """When it has to come down: a public notice at the end of its last day at the latest."""
        if self.kind != self.Kind.PUBLIC_NOTICE or not self.notice_until:
            return super().ends_at
        after = end_of_day(self.notice_until)
        return min(after, super().ends_at or after)

    @classmethod
    def listed(cls) -> PageQuerySet:
        """Return the listed news without the public notices that have ended."""
        return super().listed().exclude(ended_notices())

    @classmethod
    def ended(cls) -> PageQuerySet:
        return cls.objects.live().filter(ended_notices())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.withdrawn_at or not self.has_ended:
            return super().serve(request, *args, **kwargs)
        request.is_preview = False  # type: ignore[attr-defined]  # an attribute of Wagtail's
        return TemplateResponse(
            request, "news/notice_over.html", self.get_context(request), status=410
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `attachments` with their documents."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"attachments": list(self.attachments.select_related("document"))}

    @property
    def notice_is_over(self) -> bool:
        """Whether the last day, if there is one, has passed in the district's time zone."""
        return self.notice_until is not None and self.notice_until < timezone.localdate()

    @property
    def has_ended(self) -> bool:
        """Whether it answers 410: an ended public notice; an ended announcement stays."""
        return self.kind == self.Kind.PUBLIC_NOTICE and self.notice_is_over

    def notice_days_left(self) -> int | None:
        """Return the days left after today: 0 on the last day, None without one."""
        if not self.notice_until:
            return None
        return max((self.notice_until - timezone.localdate()).days, 0)

    @property
    def source_text(self) -> str:
        """Who published it first: the named source, or else the school or the district."""
        return self.source or self.publisher

    @property
    def author_text(self) -> str:
        return self.author_name

    def facets(self) -> list[Facet]:
        return [self.facet_choice("kind")]


def ended_notices() -> Q:
    """Return the condition of public notices whose last day has passed."""
    return Q(kind=NewsPage.Kind.PUBLIC_NOTICE, notice_until__lt=timezone.localdate())


class NewsAttachment(PageRow):
    """A file to download with a news item."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "core.Document", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(
        _("title"),
        max_length=120,
        blank=True,
        help_text=_("Leave it empty to show the document's own title."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(PageRow.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title or self.document.title


class NewsIndexPage(IndexPage):
    """All news of the district; the district's own items lie below it."""

    entry_type = "news.NewsPage"
    listing_form = NewsListingForm
    column_type = pgettext_lazy("kind of column", "news and notices")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")
