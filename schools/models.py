"""Schools: their page, their index, and the abstract page type of their content."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Collection, Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, Facet, Image, IndexPage
from core.models.mixins import CoverMixin, PageMixin
from schools.forms import SchoolListingForm
from schools.sections import school_sections


class SchoolPage(CoverMixin, BasePage):
    """A school; its content lies below this page, its permissions and collection belong to it.

    Only `district.school_opening.open_school` creates one.
    """

    class Stage(models.TextChoices):
        KINDERGARTEN = "kindergarten", _("kindergarten")
        PRIMARY = "primary", _("primary school")
        JUNIOR = "junior", _("junior secondary school")
        NINE_YEAR = "nine_year", _("nine-year school")
        SENIOR = "senior", _("senior secondary school")
        VOCATIONAL = "vocational", _("vocational school")
        SPECIAL = "special", _("special school")
        OFFICE = "office", _("office of the bureau")

    class Kind(models.TextChoices):
        PUBLIC = "public", _("public")
        PRIVATE = "private", _("private")

    class PartyKind(models.TextChoices):
        COMMITTEE = "committee", _("Party committee")
        GENERAL_BRANCH = "general_branch", _("general Party branch")
        BRANCH = "branch", _("Party branch")
        JOINT_BRANCH = "joint_branch", _("joint Party branch")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PUBLIC)
    township = models.CharField(_("township"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    party_kind = models.CharField(
        _("party organisation"), max_length=20, choices=PartyKind.choices, blank=True
    )
    secretary = models.CharField(_("secretary"), max_length=40, blank=True)
    member_count = models.PositiveIntegerField(_("Party members"), null=True, blank=True)
    member_count_as_of = models.DateField(_("Party members, as of"), null=True, blank=True)
    contact = models.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        help_text=_("The school's office phone or mailbox, never a person's own number."),
    )
    body = BodyField(verbose_name=_("profile"), blank=True)
    collection = models.OneToOneField(
        Collection,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    is_creatable = False
    permission_boundary = True
    published_by_system = True
    card_template = "schools/school_card.html"
    card_list = "grid"
    picture_sizes = {"cover": ("banner",), "body": ("text",)}
    parent_page_types = ["schools.SchoolIndexPage"]
    subpage_types = [
        "brands.BrandPage",
        "news.NewsPage",
        "redstudy.RoutePage",
        "volunteering.VolunteerProjectPage",
    ]

    settings_panels = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("stage"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("township"), FieldPanel("address")]),
                FieldPanel("contact"),
            ],
            heading=_("The school"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("party_kind"), FieldPanel("secretary")]),
                FieldRowPanel([FieldPanel("member_count"), FieldPanel("member_count_as_of")]),
            ],
            heading=_("Party organisation"),
        ),
        CoverMixin.cover_panel,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("address"),
        index.SearchField("township"),
        index.FilterField("stage"),
        index.FilterField("township"),
    ]

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    @property
    def feed_address(self) -> str:
        return reverse("feed_of_school", args=[self.slug])

    def clean_submission(self) -> None:
        super().clean_submission()
        if self.member_count is not None and not self.member_count_as_of:
            raise ValidationError(
                {"member_count_as_of": _("Say as of which day the number of members holds.")}
            )

    def facets(self) -> list[Facet]:
        facets = [self.facet_choice("stage"), Facet("township", str(_("township")), self.township)]
        return [facet for facet in facets if facet.value]

    @property
    def shared_image(self) -> Image | None:
        return self.cover

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `sections` (`schools.sections`) and `emblem`.

        `emblem` is the page in a section whose seal represents the school; None without one.
        """
        context = super().get_context(request, *args, **kwargs)
        sections = school_sections(self)
        pages = [page for section in sections for page in section.pages]
        emblem = next((page for page in pages if page.is_emblem), None)
        return context | {"sections": sections, "emblem": emblem}


class SchoolIndexPage(IndexPage):
    """All schools of the district."""

    entry_type = "schools.SchoolPage"
    listing_form = SchoolListingForm
    page_size = 24
    column_type = pgettext_lazy("kind of column", "organisations")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["schools.SchoolPage"]

    class Meta:
        verbose_name = _("index of schools")
        verbose_name_plural = _("indexes of schools")

    def entries(self) -> PageQuerySet:
        return super().entries().order_by("title")


class SchoolContent(PageMixin, BasePage):
    """Content of a school, or of the district itself; `school` is derived from the tree."""

    meta_kind = "article"

    school = models.ForeignKey(
        SchoolPage,
        verbose_name=_("school"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    search_fields = [*BasePage.search_fields, index.FilterField("school")]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.school = school_of(self)
        super().save(*args, **kwargs)

    @property
    def share_text(self) -> tuple[str, str]:
        return self.title, self.school.title if self.school else ""

    @property
    def publisher(self) -> str:
        """The name of the school or of the district, for cards and bylines."""
        return self.school.title if self.school else str(_("District"))

    @property
    def source_text(self) -> str:
        return self.publisher

    @property
    def keywords(self) -> list[str]:
        return [*super().keywords, self.publisher]


def school_of(page: Page) -> SchoolPage | None:
    """Return the school in whose subtree `page` lies (itself included), read from the tree."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return SchoolPage.objects.filter(path__in=paths).first()
