"""Schools: their page, their index, and what a school publishes below its page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Collection, Page
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, Facet, IndexPage
from schools.forms import SchoolListingForm


class SchoolPage(BasePage):
    """A school; permissions, collections and content of the school hang below it.

    It comes into being only through `district.school_opening.open_school`.
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
    cover = models.ForeignKey(
        "core.Image",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
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
        FieldPanel("cover"),
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

    def clean_submission(self):
        super().clean_submission()
        if self.member_count is not None and not self.member_count_as_of:
            raise ValidationError(
                {"member_count_as_of": _("Say as of which day the number of members holds.")}
            )

    def facets(self) -> list[Facet]:
        shown = [self.facet_choice("stage"), Facet("township", str(_("township")), self.township)]
        return [facet for facet in shown if facet.value]

    @property
    def shared_image(self):
        return self.cover

    def get_context(self, request, *args, **kwargs):
        """Adds `sections`: for each type in the settings, its newest live pages of this school.

        `emblem` is the one among them whose seal stands for the school.
        """
        from schools.sections import sections_of

        context = super().get_context(request, *args, **kwargs)
        sections = sections_of(self)
        listed = [page for section in sections for page in section.pages]
        emblem = next((page for page in listed if page.is_emblem), None)
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

    def entries(self):
        return super().entries().order_by("title")


class SchoolContent(BasePage):
    """What a school, or the district itself, publishes. `school` is read from the tree."""

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

    def save(self, *args, **kwargs):
        self.school = school_of(self)
        super().save(*args, **kwargs)

    @property
    def share_text(self) -> tuple[str, str]:
        return self.title, self.school.title if self.school else ""

    @property
    def publisher(self) -> str:
        """Who publishes this, for cards and bylines."""
        return self.school.title if self.school else str(_("District"))

    @property
    def source_text(self) -> str:
        return self.publisher

    @property
    def keywords(self) -> list[str]:
        return [*super().keywords, self.publisher]


def school_of(page: Page) -> SchoolPage | None:
    """The school in whose subtree `page` lies (itself included), read from the tree."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return SchoolPage.objects.filter(path__in=paths).first()
