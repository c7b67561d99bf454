"""Brand pages (一校一品) and the index that lists them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from brands.fields import MechanismField
from brands.forms import BrandListingForm, BrandPageForm
from brands.seals import brand_seal
from core.fields import BodyField
from core.media.rendition_sizes import with_renditions
from core.models import BasePage, Facet, HonourLevel, Image, IndexPage, TracedFigure, listed_pages
from core.models.mixins import CoverMixin, PageRow
from core.seals.drawing import Seal
from core.seals.layout import MAX_CHARACTERS
from core.text.han import is_han
from schools.models import SchoolContent


class BrandPage(CoverMixin, SchoolContent):
    """A school's brand (one each) or the brand of one of its branches (any number)."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school brand")
        BRANCH = "branch", _("branch brand")

    class SealShape(models.TextChoices):
        SQUARE = "square", _("square")
        ROUND = "round", _("round")

    class SealStyle(models.TextChoices):
        INTAGLIO = "intaglio", _("white characters")
        RELIEF = "relief", _("red characters")

    class SealColour(models.TextChoices):
        VERMILION = "vermilion", _("vermilion")
        CRIMSON = "crimson", _("dark red")
        INK = "black", _("ink black")
        PINE = "pine", _("pine green")
        INDIGO = "indigo", _("indigo")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SCHOOL)
    slogan = models.CharField(_("slogan"), max_length=60)
    seal_characters = models.CharField(
        _("seal characters"),
        max_length=MAX_CHARACTERS,
        help_text=_(
            "One to six Chinese characters that stand for the brand; their number and the shape "
            "decide how they are laid out."
        ),
    )
    seal_shape = models.CharField(
        _("seal shape"), max_length=10, choices=SealShape.choices, default=SealShape.SQUARE
    )
    seal_style = models.CharField(
        _("seal style"), max_length=10, choices=SealStyle.choices, default=SealStyle.INTAGLIO
    )
    seal_colour = models.CharField(
        _("seal colour"),
        max_length=10,
        choices=SealColour.choices,
        default=SealColour.VERMILION,
        help_text=_("Vermilion is the rule; another colour only where the brand has its own."),
    )
    meaning = RichTextField(
        _("meaning"),
        features=["bold"],
        help_text=_("What the brand stands for, in two or three paragraphs."),
    )
    mechanism_code = models.CharField(
        _("mechanism code"),
        max_length=8,
        blank=True,
        help_text=_("Only digits, such as 137; below, one group for each digit."),
    )
    mechanism = MechanismField(verbose_name=_("mechanism"), blank=True)
    body = BodyField(verbose_name=_("practice"), blank=True)

    base_form_class = BrandPageForm
    second_brand_message = _(
        "This school already has a school brand. Edit that one, or choose “branch brand”."
    )
    card_template = "brands/brand_card.html"
    card_list = "wall"
    picture_sizes = {"cover": ("cover",), "gallery": ("half", "whole"), "body": ("text",)}
    listing_relations = ("school",)
    parent_page_types = ["schools.SchoolPage"]
    subpage_types = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("slogan"),
                FieldPanel("seal_characters"),
                FieldRowPanel([FieldPanel("seal_shape"), FieldPanel("seal_style")]),
                FieldPanel("seal_colour"),
                CoverMixin.cover_panel,
            ],
            heading=_("The brand"),
        ),
        FieldPanel("meaning"),
        MultiFieldPanel(
            [FieldPanel("mechanism_code"), FieldPanel("mechanism")], heading=_("Mechanism")
        ),
        FieldPanel("body"),
        InlinePanel("figures", heading=_("Figures"), label=_("figure"), max_num=8),
        InlinePanel("recognitions", heading=_("Recognitions"), label=_("recognition")),
        InlinePanel("gallery", heading=_("Gallery"), label=_("picture"), max_num=12),
        InlinePanel("related", heading=_("Related pages"), label=_("page"), max_num=8),
    ]
    search_fields = [
        *SchoolContent.search_fields,
        index.SearchField("slogan", boost=2),
        *map(index.SearchField, ("meaning", "mechanism", "body")),
        index.RelatedFields("recognitions", [index.SearchField("title")]),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def clean(self) -> None:
        super().clean()
        # A page has no parent before its first save: BrandPageForm asks with the parent it knows.
        if (
            self.path
            and self.kind == self.Kind.SCHOOL
            and self.has_school_brand_below(self.get_parent())
        ):
            raise ValidationError({"kind": self.second_brand_message})

    def clean_submission(self) -> None:
        super().clean_submission()
        errors: dict[str, list[str] | Promise] = {}
        if self.seal_characters and not is_han(self.seal_characters):
            errors["seal_characters"] = _("Write one to six Chinese characters, nothing else.")
        if mechanism_errors := self.mechanism_errors():
            errors["mechanism_code"] = mechanism_errors
        if errors:
            raise ValidationError(errors)

    def mechanism_errors(self) -> list[str]:
        """Return why the code and the groups of the mechanism do not agree."""
        if self.mechanism_code and not self.mechanism_code.isdecimal():
            return [str(_("Write digits only, such as 137."))]
        counts = "".join(str(len(group.value["parts"])) for group in self.mechanism)
        if counts == self.mechanism_code:
            return []
        message = _("The code says %(code)s, but the groups below have %(counts)s parts.")
        counts = " + ".join(counts) or "0"
        return [message % {"code": self.mechanism_code or "–", "counts": counts}]

    def has_school_brand_below(self, school: Page) -> bool:
        """Return whether `school` has a school brand, draft or live, other than this page."""
        siblings = BrandPage.objects.child_of(school).exclude(pk=self.pk)
        return siblings.filter(kind=self.Kind.SCHOOL).exists()

    def facets(self) -> list[Facet]:
        return [self.facet_choice("kind")]

    @classmethod
    def listed(cls) -> PageQuerySet:
        return super().listed().prefetch_related("recognitions")

    @property
    def summary_text(self) -> str:
        return self.search_description or self.slogan

    @property
    def share_text(self) -> tuple[str, str]:
        _title, publisher = super().share_text
        return self.slogan, publisher

    @property
    def is_emblem(self) -> bool:  # type: ignore[override]  # an attribute of BasePage
        return self.kind == self.Kind.SCHOOL

    @property
    def shared_image(self) -> Image | None:
        return self.cover

    @property
    def seal(self) -> Seal:  # type: ignore[override]  # an attribute of BasePage
        """Return the brand's seal, with a title for readers who do not see it."""
        return brand_seal(self)

    @property
    def top_recognition(self) -> "BrandRecognition | None":
        """Return the newest recognition of the highest level; None without any."""
        levels = HonourLevel.values
        return min(
            self.recognitions.all(),
            key=lambda recognition: (levels.index(recognition.level), -recognition.year),
            default=None,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `figures`, `recognitions` (by year), `gallery` and `related` (live pages)."""
        return super().get_context(request, *args, **kwargs) | {
            "figures": list(self.figures.all()),
            "recognitions": sorted(self.recognitions.all(), key=lambda row: row.year),
            "gallery": list(with_renditions(self.gallery.all(), "image", "half", "whole")),
            "related": listed_pages(row.target_id for row in self.related.all()),
        }


class BrandFigure(TracedFigure):
    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="figures")


class BrandRecognition(PageRow):
    """A recognition of the brand; later ones are added and replace none."""

    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="recognitions")
    level = models.CharField(_("level"), max_length=10, choices=HonourLevel.choices)
    title = models.CharField(_("title"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    issuer = models.CharField(_("issuer"), max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=200)

    panels = [
        FieldRowPanel([FieldPanel("level"), FieldPanel("year")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("source")]),
    ]

    class Meta(PageRow.Meta):
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class BrandGalleryImage(PageRow):
    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        "core.Image", verbose_name=_("image"), on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=120, blank=True)

    panels = [FieldPanel("image"), FieldPanel("caption")]

    class Meta(PageRow.Meta):
        verbose_name = _("gallery picture")
        verbose_name_plural = _("gallery pictures")


class BrandRelatedPage(PageRow):
    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="related")
    target = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [
        PageChooserPanel(
            "target",
            page_type=["news.NewsPage", "redstudy.RoutePage", "volunteering.VolunteerProjectPage"],
        )
    ]

    class Meta(PageRow.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")


class BrandIndexPage(IndexPage):
    """All brands of the district as a grid of their seals."""

    entry_type = "brands.BrandPage"
    listing_form = BrandListingForm
    page_size = 30
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("list of brands")
        verbose_name_plural = _("lists of brands")
