"""Topics (专题): pages that gather related content, and the index that lists them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.days import active_on
from core.fields import BodyField
from core.listing import ListingForm
from core.models import BasePage, IndexPage
from core.models.mixins import SummaryMixin
from topics.lists import TopicListsField


class TopicListingForm(ListingForm):
    """Filter: whether the topic still runs."""

    RUNNING, OVER = "running", "over"

    state = forms.ChoiceField(label=_("state"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(self.RUNNING, _("running")), (self.OVER, _("over"))]
        self.set_choices("state", choices, _("all topics"))

    def filter_by(self, entries: PageQuerySet, chosen: dict) -> PageQuerySet:
        entries = super().filter_by(entries, chosen)
        today = timezone.localdate()
        if chosen.get("state") == self.RUNNING:
            return entries.filter(active_on(today))
        if chosen.get("state") == self.OVER:
            return entries.filter(ends_on__lt=today)
        return entries


class TopicPage(SummaryMixin, BasePage):
    """A topic of the district: a banner, its days, and lists of public pages.

    After its last day the home page no longer shows it; it can still be read, marked as over.
    """

    banner = models.ForeignKey(
        "core.Image",
        verbose_name=_("banner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Empty: it goes on. Afterwards it leaves the home page and can still be read."),
    )
    intro = BodyField(verbose_name=_("introduction"), blank=True)
    lists = TopicListsField(verbose_name=_("lists"))

    meta_kind = "column"
    card_template = "topics/topic_card.html"
    card_picture = "banner"
    card_list = "grid"
    picture_sizes = {"banner": ("banner", "place"), "intro": ("text",)}
    parent_page_types = ["topics.TopicIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        SummaryMixin.listing_panel("banner"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])],
            heading=_("When it runs"),
        ),
        FieldPanel("intro"),
        FieldPanel("lists"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *SummaryMixin.summary_search_fields,
        index.SearchField("intro"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @classmethod
    def current(cls) -> PageQuerySet:
        """Return the topics that run today."""
        return super().current().filter(active_on(timezone.localdate()))

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed in the district's time zone."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    def clean_submission(self) -> None:
        super().clean_submission()
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first.")})
        hidden_titles = self.hidden_titles()
        if hidden_titles:
            message = _("Not public, so readers would not see it: %(titles)s. Choose another page.")
            raise ValidationError({"lists": message % {"titles": "、".join(hidden_titles)}})

    def hidden_titles(self) -> list[str]:
        """Return the titles of the chosen pages that are not public."""
        return [
            page.title
            for block in self.lists.blocks_by_name("chosen")
            for page in block.value["pages"]
            if page and not page.live
        ]


class TopicIndexPage(IndexPage):
    """All topics, the latest to begin first."""

    entry_type = "topics.TopicPage"
    listing_form = TopicListingForm
    parent_page_types = ["home.HomePage"]
    subpage_types = ["topics.TopicPage"]

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")

    def entries(self) -> PageQuerySet:
        return super().entries().order_by("-starts_on", "-pk")
