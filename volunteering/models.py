"""Volunteer projects and their benefit records."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, Facet, IndexPage
from core.models.mixins import CardSummaryMixin, ContactMixin, CoverMixin, PageRow
from schools.models import SchoolContent
from volunteering.forms import ProjectListingForm
from volunteering.timelines import build_timelines
from volunteering.totals import Total, sum_public_records, sum_records


class VolunteerProjectPage(CardSummaryMixin, ContactMixin, CoverMixin, SchoolContent):
    """A project that Party members of a school run; its numbers come from its benefit records."""

    class ServiceType(models.TextChoices):
        TUTORING = "tutoring", _("help with learning")
        PSYCHOLOGY = "psychology", _("psychological care")
        FAMILY = "family", _("family education")
        COMMUNITY = "community", _("community service")
        CULTURE = "culture", _("culture and talks")
        ENVIRONMENT = "environment", _("environment")
        CARE = "care", _("care for people in need")

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
    body = BodyField(verbose_name=_("body"), blank=True)

    card_template = "volunteering/project_card.html"
    card_picture = "cover"
    picture_sizes = {"cover": ("aside",), "body": ("text",)}
    listing_relations = ("school",)
    parent_page_types = ["schools.SchoolPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        CardSummaryMixin.listing_panel("cover"),
        MultiFieldPanel(
            [
                FieldPanel("service_type"),
                FieldPanel("beneficiaries"),
                FieldPanel("team"),
                FieldRowPanel([FieldPanel("schedule"), ContactMixin.contact_panel]),
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
        *CardSummaryMixin.summary_search_fields,
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
    def listed(cls) -> PageQuerySet:
        """Return the listed projects with their records, whose totals the card shows."""
        return super().listed().prefetch_related("benefit_records")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `totals` by unit, `timelines`, and `records`, newest first, with documents."""
        records = list(self.benefit_records.select_related("evidence_document"))
        records.sort(key=lambda record: record.date, reverse=True)
        return super().get_context(request, *args, **kwargs) | {
            "totals": sum_records(records),
            "timelines": build_timelines(records),
            "records": records,
        }

    def totals(self) -> list[Total]:
        """Return the sums of its records by unit, for a draft as for a live page."""
        return sum_records(self.benefit_records.all())

    def facets(self) -> list[Facet]:
        return [self.facet_choice("service_type")]


class BenefitRecord(PageRow):
    """How many of one unit were served on one day, with its evidence."""

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

    class Meta(PageRow.Meta):
        verbose_name = _("benefit record")
        verbose_name_plural = _("benefit records")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="benefit_record_quantity_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.quantity.normalize():f} {self.get_unit_display()}"

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Promise] = {}
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
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("list of volunteer projects")
        verbose_name_plural = _("lists of volunteer projects")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `totals`: the sums over all matching projects, not only those on this page."""
        context = super().get_context(request, *args, **kwargs)
        projects = context["page_obj"].paginator.object_list
        return context | {"totals": sum_public_records(projects)}
