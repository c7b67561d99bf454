"""The district's own pages: its home page and its standing pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, TracedFigure
from core.models.mixins import CoverMixin, PageMixin, PageRow
from home.sections import home_sections
from home.site_info import SITE_INFO_PANEL, SiteInfo


class HomePage(SiteInfo, CoverMixin, BasePage):
    """The root of a district site; its title is the site's name."""

    tagline = models.CharField(_("tagline"), max_length=80, blank=True)
    committee = models.CharField(
        _("responsible body"),
        max_length=120,
        blank=True,
        help_text=_("Who answers for this site; shown in the masthead and the footer."),
    )
    scheme_name = models.CharField(_("name of the scheme"), max_length=80, blank=True)
    scheme_intro = models.TextField(_("introduction of the scheme"), max_length=400, blank=True)

    published_by_system = True
    picture_sizes = {"cover": ("lead",)}
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "schools.SchoolIndexPage",
        "brands.BrandIndexPage",
        "news.NewsIndexPage",
        "redstudy.RouteIndexPage",
        "volunteering.VolunteerIndexPage",
        "topics.TopicIndexPage",
    ]

    settings_panels = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("tagline"),
        FieldPanel("committee"),
        CoverMixin.cover_panel,
        MultiFieldPanel(
            [
                FieldPanel("scheme_name"),
                FieldPanel("scheme_intro"),
                InlinePanel("pillars", label=_("pillar"), max_num=9),
            ],
            heading=_("The district's scheme"),
        ),
        InlinePanel("figures", heading=_("Figures"), label=_("figure"), max_num=8),
        SITE_INFO_PANEL,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("tagline"),
        index.SearchField("scheme_name"),
        index.SearchField("scheme_intro"),
        index.RelatedFields("pillars", [index.SearchField("title"), index.SearchField("summary")]),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def summary_text(self) -> str:
        return self.search_description or self.tagline

    @property
    def share_text(self) -> tuple[str, str]:
        return self.title, self.tagline

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `sections`: name → pages (`home.sections`)."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"sections": home_sections(self)}


class HomePillar(PageRow):
    """One pillar of the district's own scheme; any number, in its order."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="pillars")
    title = models.CharField(_("title"), max_length=60)
    summary = models.CharField(_("summary"), max_length=160, blank=True)

    panels = [FieldPanel("title"), FieldPanel("summary")]

    class Meta(PageRow.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")

    def __str__(self) -> str:
        return self.title


class HomeFigure(TracedFigure):
    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="figures")


class StandardPage(PageMixin, BasePage):
    """A standing page of the district: about, accessibility, privacy."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = BodyField(verbose_name=_("body"))

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")

    @property
    def summary_text(self) -> str:
        return self.search_description or self.intro
