"""Topics (专题): pages that gather what belongs together, for as long as it is of interest."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.days import active_on
from core.fields import BodyField
from core.listing import ListingForm
from core.models import BasePage, IndexPage
from topics.lists import TopicListsField


class TopicListingForm(ListingForm):
    """By whether the topic still runs."""

    RUNNING, OVER = "running", "over"

    state = forms.ChoiceField(label=_("state"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(self.RUNNING, _("running")), (self.OVER, _("over"))]
        self.set_choices("state", choices, _("all topics"))

    def filter_by(self, entries, chosen):
        entries = super().filter_by(entries, chosen)
        today = timezone.localdate()
        if chosen.get("state") == self.RUNNING:
            return entries.filter(active_on(today))
        if chosen.get("state") == self.OVER:
            return entries.filter(ends_on__lt=today)
        return entries


class TopicPage(BasePage):
    """A topic of the district: a banner, its days, and lists of public pages.

    After its last day it leaves the home page and stays to be read, marked as over.
    """

    summary = models.CharField(
        _("summary"),
        max_length=200,
        help_text=_("One or two sentences; lists and shared links show them."),
    )
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
    subpage_types = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("banner")], heading=_("In lists")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])],
            heading=_("When it runs"),
        ),
        FieldPanel("intro"),
        FieldPanel("lists"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("intro"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @classmethod
    def current(cls):
        """Those that run today."""
        return super().current().filter(active_on(timezone.localdate()))

    @property
    def summary_text(self) -> str:
        return self.search_description or self.summary

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed in the district's own time."""
        return bool(self.ends_on) and self.ends_on < timezone.localdate()

    def clean_submission(self):
        super().clean_submission()
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first.")})
        hidden = self.not_public()
        if hidden:
            words = _("Not public, so readers would not see it: %(titles)s. Choose another page.")
            raise ValidationError({"lists": words % {"titles": "、".join(hidden)}})

    def not_public(self) -> list[str]:
        """Titles of the chosen pages that no reader can see."""
        return [
            page.title
            for block in self.lists.blocks_by_name("chosen")
            for page in block.value["pages"]
            if page and not page.live
        ]


class TopicIndexPage(IndexPage):
    """All topics, those that began last first."""

    entry_type = "topics.TopicPage"
    listing_form = TopicListingForm
    parent_page_types = ["home.HomePage"]
    subpage_types = ["topics.TopicPage"]

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")

    def entries(self):
        return super().entries().order_by("-starts_on", "-pk")
