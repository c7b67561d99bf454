"""Volunteer projects and the records of whom they served."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, Facet, IndexPage
from schools.models import SchoolContent
from volunteering.forms import ProjectListingForm
from volunteering.timelines import timelines_in
from volunteering.totals import Total, totals_in, totals_of


class VolunteerProjectPage(SchoolContent):
    """A project that Party members of a school keep up; its numbers are its benefit records."""

    class ServiceType(models.TextChoices):
        TUTORING = "tutoring", _("help with learning")
        PSYCHOLOGY = "psychology", _("psychological care")
        FAMILY = "family", _("family education")
        COMMUNITY = "community", _("community service")
        CULTURE = "culture", _("culture and talks")
        ENVIRONMENT = "environment", _("environment")
        CARE = "care", _("care for people in need")

    summary = models.CharField(
        _("summary"), max_length=200, help_text=_("One or two sentences for lists.")
    )
    service_type = models.CharField(_("service"), max_length=20, choices=ServiceType.choices)
    beneficiaries = models.CharField(
        _("for whom"), max_length=120, help_text=_("A group of people, never single names.")
    )
    team = models.CharField(
        _("team"), max_length=200, help_text=_("Who does it: a branch, a group, how many people.")
    )
    schedule = models.CharField(
        _("when"), max_length=120, blank=True, help_text=_("Such as: every Wednesday, 16:30.")
    )
    contact = models.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        help_text=_("The office's phone or mailbox, never a person's own number."),
    )
    cover = models.ForeignKey(
        "core.Image",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = BodyField(verbose_name=_("body"), blank=True)

    card_template = "volunteering/project_card.html"
    card_picture = "cover"
    picture_sizes = {"cover": ("aside",), "body": ("text",)}
    listing_relations = ("school",)
    parent_page_types = ["schools.SchoolPage"]
    subpage_types = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("cover")], heading=_("In lists")),
        MultiFieldPanel(
            [
                FieldPanel("service_type"),
                FieldPanel("beneficiaries"),
                FieldPanel("team"),
                FieldRowPanel([FieldPanel("schedule"), FieldPanel("contact")]),
            ],
            heading=_("The service"),
        ),
        FieldPanel("body"),
        InlinePanel(
            "benefit_records",
            heading=_("Benefit records"),
            label=_("benefit record"),
            help_text=_("The site adds them up by unit; nobody types a total."),
        ),
    ]
    search_fields = [
        *SchoolContent.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("beneficiaries"),
        index.SearchField("team"),
        index.SearchField("schedule"),
        index.SearchField("body"),
        index.FilterField("service_type"),
    ]

    class Meta:
        verbose_name = _("volunteer project")
        verbose_name_plural = _("volunteer projects")

    @classmethod
    def listed(cls):
        """With the records: their totals stand on the card."""
        return super().listed().prefetch_related("benefit_records")

    def get_context(self, request, *args, **kwargs):
        """Adds `totals` by unit, `timelines`, and `records`, newest first, with documents."""
        rows = list(self.benefit_records.select_related("evidence_document"))
        rows.sort(key=lambda record: record.date, reverse=True)
        context = super().get_context(request, *args, **kwargs)
        sums = {"totals": totals_in(rows), "timelines": timelines_in(rows)}
        return context | sums | {"records": rows}

    def totals(self) -> list[Total]:
        """The sums of its records by unit, of a draft as of a live page."""
        return totals_in(self.benefit_records.all())

    def facets(self) -> list[Facet]:
        return [self.facet_choice("service_type")]

    @property
    def summary_text(self) -> str:
        return self.search_description or self.summary


class BenefitRecord(Orderable):
    """On one day, so many of one unit were served; with what proves it."""

    class Unit(models.TextChoices):
        PERSON_TIMES = "person_times", _("person-times")
        HOURS = "hours", _("hours")
        SESSIONS = "sessions", _("sessions")
        HOUSEHOLDS = "households", _("households")

    page = ParentalKey(
        VolunteerProjectPage, on_delete=models.CASCADE, related_name="benefit_records"
    )
    date = models.DateField(_("date"))
    unit = models.CharField(
        _("unit"), max_length=20, choices=Unit.choices, default=Unit.PERSON_TIMES
    )
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=9,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1"), _("Write a number greater than zero."))],
        help_text=_("Whole numbers; only hours may have halves and tenths."),
    )
    evidence = models.CharField(
        _("evidence"),
        max_length=200,
        help_text=_("Where it can be looked up: a sign-in sheet, a register. No names of pupils."),
    )
    evidence_document = models.ForeignKey(
        "core.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Everybody can download it: nothing with names or phone numbers."),
    )

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("quantity"), FieldPanel("unit")]),
        FieldPanel("evidence"),
        FieldPanel("evidence_document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("benefit record")
        verbose_name_plural = _("benefit records")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="benefit_record_quantity_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.quantity.normalize():f} {self.get_unit_display()}"

    def clean(self):
        super().clean()
        errors = {}
        if self.date and self.date > timezone.localdate():
            errors["date"] = _("This day is still to come. Record it afterwards.")
        if self.quantity and self.unit != self.Unit.HOURS and self.quantity % 1:
            errors["quantity"] = _("Only hours may have a fraction.")
        if errors:
            raise ValidationError(errors)


class VolunteerIndexPage(IndexPage):
    """All volunteer projects of the district."""

    entry_type = "volunteering.VolunteerProjectPage"
    listing_form = ProjectListingForm
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("list of volunteer projects")
        verbose_name_plural = _("lists of volunteer projects")

    def get_context(self, request, *args, **kwargs):
        """Adds `totals`: the sums over all projects found, not only those on this page."""
        context = super().get_context(request, *args, **kwargs)
        found = context["page_obj"].paginator.object_list
        return context | {"totals": totals_of(found)}
