"""The two abstract pages everything inherits: a page of the site, and a page that lists."""

from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.forms import BasePageForm
from core.listing import ListingForm, page_of
from core.media.rendition_sizes import CARD_SIZES, with_renditions
from core.models.metadata import PageMetadataMixin
from core.panels import AddressPanel
from core.publishing import write_guard
from core.publishing.permission_tester import DistrictPagePermissionTester
from core.publishing.revision_repair import without_deleted_references
from core.text import reserved_slugs
from core.text.slugs import free_slug


class Facet(NamedTuple):
    """One thing a page says about itself to lists and filters: (name, label, shown value)."""

    name: str
    label: str
    value: str


class BasePage(PageMetadataMixin, Page):
    """A page whose public state changes only through the gate.

    A page type says about itself what others list: `facets()`, `card_template`, `summary_text`,
    and what `Described` asks.
    """

    class Provenance(models.TextChoices):
        OWN = "", _("own content")
        SAMPLE = "sample", _("sample")
        ARCHIVE = "archive", _("archive material")

    provenance = models.CharField(
        _("provenance"),
        max_length=10,
        choices=Provenance.choices,
        default=Provenance.OWN,
        blank=True,
        editable=False,
    )
    # Set while the page is withdrawn (撤稿): its address then answers 410.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    base_form_class = BasePageForm
    # Set by the form while a draft is saved: a draft may still be incomplete.
    saved_as_draft = False
    # Rows of permission above a boundary do not count inside it (core.publishing.write_guard).
    permission_boundary = False
    # Whether production may found pages of this type, without review, when it is set up.
    founded_by_system = False
    card_template = "core/card.html"
    # The seal by which the page is known (core.seals.drawing); None: the district's.
    seal = None
    # Whether that seal stands for the whole school.
    is_emblem = False
    # How a list of cards is laid out: "rows", "wall" or "grid".
    card_list = "rows"
    # The field with the picture of the card, if it shows one.
    card_picture = ""
    # The fields with pictures and the sizes readers see them in, that of the page's own picture
    # first; made when the page is published.
    picture_sizes: dict[str, tuple[str, ...]] = {"body": ("text",)}
    # The relations a listing reads, named once: no query per row.
    listing_relations: tuple[str, ...] = ()

    content_panels = [FieldPanel("title"), AddressPanel()]
    promote_panels = []
    # Approval fixes these times; without the right to publish Wagtail shows no dates of its own.
    settings_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "go_live_at",
                    heading=_("publish on"),
                    help_text=_("Empty: as soon as the last level has approved."),
                ),
                FieldPanel(
                    "expire_at",
                    heading=_("take down on"),
                    help_text=_("Empty: it stays. Otherwise the page comes down at this time."),
                ),
            ],
            heading=_("Dates"),
        )
    ]
    search_fields = [*Page.search_fields, index.FilterField("provenance")]
    show_in_menus_default = False

    class Meta:
        abstract = True

    @classmethod
    def listed(cls):
        """Live pages that a list may show today, with all that a card reads: no query per row."""
        pages = cls.objects.live()
        if cls.listing_relations:
            pages = pages.select_related(*cls.listing_relations)
        return with_renditions(pages, cls.card_picture, *CARD_SIZES) if cls.card_picture else pages

    @classmethod
    def current(cls):
        """The listed pages that are of interest today: what a home page may show."""
        return cls.listed()

    # A copy was never public: nothing of that comes along, nor an address that speaks of it.
    exclude_fields_in_copy = ["withdrawn_at", "expired"]

    @property
    def ends_at(self):
        """When this page has to come down: its date, or earlier by its content; None: never."""
        return self.expire_at

    @classmethod
    def ended(cls):
        """The live pages whose term, told by their own content, is over: they come down."""
        return cls.objects.none()

    def facets(self) -> list[Facet]:
        """What lists and filters show of this page, in reading order."""
        return []

    @property
    def summary_text(self) -> str:
        """One or two sentences for cards and meta descriptions."""
        return self.search_description

    @property
    def card_image(self):
        """The picture of the card, or None."""
        return getattr(self, self.card_picture) if self.card_picture else None

    def permissions_for_user(self, user):
        return DistrictPagePermissionTester(user, self)

    def clean(self):
        super().clean()
        if not self.saved_as_draft:
            self.clean_submission()

    def clean_submission(self) -> None:
        """Ask for what a complete page has and a draft may still lack.

        Raises:
            ValidationError: something is missing or does not fit together.
        """

    def route(self, request, path_components):
        """As Wagtail routes, except that nothing answers below what is not public."""
        if self.live:
            return super().route(request, path_components)
        if not self.is_taken_down:
            raise Http404
        if not path_components:
            return RouteResult(self)
        found = super().route(request, path_components)
        if found.page.live:
            raise Http404
        return found

    @property
    def is_taken_down(self) -> bool:
        """Whether it was public and was withdrawn, or its term is over: its address says so."""
        was_public = not self.live and bool(self.first_published_at)
        return was_public and bool(self.withdrawn_at or self.expired)

    def serve(self, request, *args, **kwargs):
        if self.is_taken_down and not getattr(request, "is_preview", False):
            request.is_preview = False
            return TemplateResponse(request, "core/410.html", {"page": self}, status=410)
        return super().serve(request, *args, **kwargs)

    def save(self, *args, **kwargs):
        write_guard.guard_write(self, kwargs.get("update_fields"))
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        """An older version as this page would have it: which version is live is not its to say."""
        page = super().with_content_json(content)
        page.live_revision_id = self.live_revision_id
        return page

    def save_revision(self, *args, **kwargs):
        write_guard.guard_revision(self, kwargs.get("overwrite_revision"))
        return super().save_revision(*args, **kwargs)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        if check_fks:
            data = without_deleted_references(cls, data)
        return super().from_serializable_data(data, check_fks, strict_fks)

    def _set_core_field_defaults(self):
        # Teachers never see a slug; Wagtail's own default loses Chinese titles.
        if not self.slug and self.path:
            self.slug = free_slug(self.title, self.get_parent(), self)
        super()._set_core_field_defaults()

    def _check_slug_is_unique(self):
        super()._check_slug_is_unique()
        if reserved_slugs.is_taken(self.slug, self.get_parent()):
            raise ValidationError({"slug": reserved_slugs.TAKEN % {"slug": self.slug}})

    def facet_choice(self, name: str) -> Facet:
        """The facet of a field with choices."""
        field = self._meta.get_field(name)
        return Facet(name, str(field.verbose_name), str(getattr(self, f"get_{name}_display")()))


class IndexPage(BasePage):
    """Lists the live pages of one type within its district and language.

    Subclasses declare `entry_type` ("app.Model") and may declare `listing_form` and `page_size`.
    """

    intro = models.TextField(_("introduction"), blank=True, max_length=400)

    entry_type: str = ""
    listing_form = ListingForm
    page_size = 20
    meta_kind = "column"
    founded_by_system = True
    max_count_per_parent = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    settings_panels = []
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        abstract = True

    @property
    def summary_text(self) -> str:
        return self.search_description or self.intro

    @property
    def feed_address(self) -> str:
        for kind, (_title, name, conditions) in settings.FEEDS.items():
            if name == self.entry_type and not conditions:
                return reverse("feed_of_kind", args=[kind])
        return ""

    @property
    def keywords(self) -> list[str]:
        kind = str(self.entry_model._meta.verbose_name_plural)
        return list(dict.fromkeys([self.title, kind]))

    @property
    def entry_model(self) -> type[BasePage]:
        """The class of the pages listed here."""
        return apps.get_model(self.entry_type)

    def entries(self):
        """Live entries of this district and language, newest first, with what a row shows."""
        found = self.entry_model.listed().descendant_of(self.get_parent())
        return found.order_by("-first_published_at", "-pk")

    def get_context(self, request, *args, **kwargs):
        """Adds `form`, `page_obj` (one page of rows), `total` (all rows) and `query` (no page).

        Raises:
            Http404: `?page=` is no page of this listing.
        """
        context = super().get_context(request, *args, **kwargs)
        entries = self.entries()
        form = self.listing_form(request.GET, entries=entries, index=self)
        found = form.apply(entries)
        form.count_options(entries)
        page_obj = page_of(found, request.GET.get("page"), self.page_size)
        return context | {
            "form": form,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "query": form.query_string(),
        }
