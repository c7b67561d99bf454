"""Red-study routes and their stops."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, Facet
from core.models.mixins import CardSummaryMixin, CoverMixin, PageRow
from redstudy.forms import RoutePageForm
from schools.models import SchoolContent

if TYPE_CHECKING:
    from redstudy.models.bases import StudyBasePage


class RoutePage(CardSummaryMixin, CoverMixin, SchoolContent):
    """A route for named grades, with its stops in walking order."""

    class ThemeLevel(models.TextChoices):
        LOCAL = "local", _("home village and town")
        COUNTY = "county", _("county")
        CITY = "city", _("city")
        PROVINCE = "province", _("province")
        NATION = "nation", _("nation")

    # Grade band → label; the column of a band is `for_<band>`.
    GRADE_BANDS = {
        "primary_upper": _("primary school, grades 4 to 6"),
        "junior": _("junior secondary, grades 1 and 2"),
        "senior": _("senior secondary, grades 1 and 2"),
    }

    for_primary_upper = models.BooleanField(GRADE_BANDS["primary_upper"], default=False)
    for_junior = models.BooleanField(GRADE_BANDS["junior"], default=False)
    for_senior = models.BooleanField(GRADE_BANDS["senior"], default=False)
    theme_level = models.CharField(_("theme"), max_length=10, choices=ThemeLevel.choices)
    duration_minutes = models.PositiveSmallIntegerField(
        _("duration in minutes"),
        null=True,
        validators=[MinValueValidator(1)],
        help_text=_("From gathering to the end, breaks included; at least what the stops take."),
    )
    distance_km = models.DecimalField(
        _("distance in km"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    safety_plan = models.ForeignKey(
        "core.Document",
        verbose_name=_("safety plan"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Public with the route: no private phone numbers, no names of pupils."),
    )
    contact_office = models.CharField(
        _("office in charge"),
        max_length=120,
        help_text=_("The office and its phone, never a person's own number."),
    )
    filing_number = models.CharField(
        _("filing number"),
        max_length=60,
        blank=True,
        help_text=_("Under which the route was filed with the district, if it was."),
    )
    review_date = models.DateField(
        _("next safety check"),
        null=True,
        help_text=_("By this day the route is walked again and the safety plan renewed."),
    )
    body = BodyField(verbose_name=_("body"), blank=True)

    base_form_class = RoutePageForm
    card_template = "redstudy/route_card.html"
    card_picture = "cover"
    picture_sizes = {"cover": ("low",), "body": ("text",)}
    listing_relations = ("school",)
    parent_page_types = ["schools.SchoolPage", "redstudy.RouteIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        CardSummaryMixin.listing_panel("cover"),
        MultiFieldPanel(
            [
                FieldPanel("for_primary_upper"),
                FieldPanel("for_junior"),
                FieldPanel("for_senior"),
                FieldPanel("theme_level"),
            ],
            heading=_("For whom and about what"),
        ),
        InlinePanel(
            "stops",
            heading=_("Stops"),
            label=_("stop"),
            max_num=12,
            help_text=_("At least two, in walking order."),
        ),
        FieldRowPanel(
            [FieldPanel("duration_minutes"), FieldPanel("distance_km")], heading=_("The whole way")
        ),
        MultiFieldPanel(
            [
                FieldPanel("safety_plan"),
                FieldPanel("contact_office"),
                FieldRowPanel([FieldPanel("filing_number"), FieldPanel("review_date")]),
            ],
            heading=_("Safety"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *SchoolContent.search_fields,
        *CardSummaryMixin.summary_search_fields,
        index.SearchField("body"),
        index.RelatedFields(
            "stops",
            [
                index.RelatedFields("base", [index.SearchField("title")]),
                index.SearchField("talk"),
                index.SearchField("task"),
            ],
        ),
        index.FilterField("theme_level"),
    ]

    class Meta:
        verbose_name = _("red-study route")
        verbose_name_plural = _("red-study routes")

    def clean_submission(self) -> None:
        super().clean_submission()
        errors: dict[str, list[str] | Promise] = {}
        if not self.grade_bands:
            errors["for_primary_upper"] = _("Tick at least one of the three grade bands.")
        stops = list(self.stops.all())
        if errors_of_stops := stop_errors(stops):
            errors[NON_FIELD_ERRORS] = errors_of_stops
        needed = _minutes_of(stops)
        if self.duration_minutes and self.duration_minutes < needed:
            message = _("The stops and the ways between them take %(needed)s minutes already.")
            errors["duration_minutes"] = [message % {"needed": needed}]
        if errors:
            raise ValidationError(errors)

    @classmethod
    def listed(cls) -> PageQuerySet:
        """Return the listed routes with their stops and bases, which the card shows."""
        return super().listed().prefetch_related("stops__base")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `stops` in walking order, with their bases."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"stops": list(self.stops.select_related("base", "base__cover"))}

    @property
    def grade_bands(self) -> list[str]:
        """The labels of the grades the route is made for."""
        return [
            str(label) for band, label in self.GRADE_BANDS.items() if getattr(self, f"for_{band}")
        ]

    @property
    def total_minutes(self) -> int:
        """The minutes that the stops and the ways to them take together."""
        return _minutes_of(self.stops.all())

    @property
    def closed_bases(self) -> "list[StudyBasePage]":
        """The bases that pupils cannot visit at present; readers are warned of them."""
        return [stop.base for stop in self.stops.select_related("base") if not stop.base.is_open]

    @property
    def check_is_overdue(self) -> bool:
        """Whether the day of the next safety check has passed."""
        return self.review_date is not None and self.review_date < timezone.localdate()

    def facets(self) -> list[Facet]:
        label = str(_("grades"))
        grades = [Facet("grade", label, band) for band in self.grade_bands]
        return [*grades, Facet("theme", str(_("theme")), self.get_theme_level_display())]


class RouteStop(PageRow):
    """A stop: a base, what is told there, and what the pupils do."""

    page = ParentalKey(RoutePage, on_delete=models.CASCADE, related_name="stops")
    base = models.ForeignKey(
        "redstudy.StudyBasePage",
        verbose_name=_("study base"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes there"), validators=[MinValueValidator(1)]
    )
    travel_minutes = models.PositiveSmallIntegerField(
        _("minutes to get there"),
        default=0,
        help_text=_("From the stop before; for the first one, from the meeting point."),
    )
    talk = models.TextField(_("what is told"), max_length=600)
    task = models.TextField(
        pgettext_lazy("route", "task"),
        max_length=300,
        help_text=_("What the pupils find out, draw, count or write."),
    )

    panels = [
        PageChooserPanel("base", "redstudy.StudyBasePage"),
        FieldRowPanel([FieldPanel("travel_minutes"), FieldPanel("minutes")]),
        FieldPanel("talk"),
        FieldPanel("task"),
    ]

    class Meta(PageRow.Meta):
        verbose_name = _("stop")
        verbose_name_plural = _("stops")

    def __str__(self) -> str:
        return self.base.title


def stop_errors(stops: list[RouteStop]) -> list[str]:
    """Return why a route with these stops is not complete: the first reason alone."""
    if len(stops) < 2:
        return [str(_("A route needs at least two stops."))]
    for stop in stops:
        if not stop.base.is_open:
            message = _("The base “%(base)s” is not open. Choose another one for this stop.")
            return [message % {"base": stop.base.title}]
    return []


def _minutes_of(stops: Iterable[RouteStop]) -> int:
    return sum(stop.minutes + stop.travel_minutes for stop in stops)
