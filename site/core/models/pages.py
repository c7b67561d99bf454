"""The abstract page type that every other inherits."""

from datetime import datetime
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.forms import BasePageForm
from core.media.rendition_sizes import CARD_SIZES, with_renditions
from core.models.metadata import Facet, PageMetadataMixin
from core.panels import AddressPanel
from core.publishing import write_guard
from core.publishing.permission_tester import DistrictPagePermissionTester
from core.publishing.revision_repair import without_deleted_references
from core.seals.drawing import Seal
from core.text import reserved_slugs
from core.text.slugs import free_slug


class BasePage(PageMetadataMixin, Page):
    """A page whose public state changes only through review.

    A page type declares what others list of it: `facets()`, `card_template`, `summary_text`, and
    what `PageMetadataMixin` asks.
    """

    class Provenance(models.TextChoices):
        OWN = "", _("own content")
        SAMPLE = "sample", _("sample")
        ARCHIVE = "archive", _("archive material")

    # Wagtail's own field, which has no types.
    slug: str
    provenance: models.CharField = models.CharField(
        _("provenance"),
        max_length=10,
        choices=Provenance.choices,
        default=Provenance.OWN,
        blank=True,
        editable=False,
    )
    # Set while the page is withdrawn (撤稿); its address then answers 410.
    withdrawn_at: models.DateTimeField = models.DateTimeField(
        _("withdrawn"), null=True, blank=True, editable=False
    )

    base_form_class = BasePageForm
    # Set by the form while a draft is saved, which may be incomplete.
    saved_as_draft = False
    # Whether permissions given above this page end here (core.publishing.permission_tester).
    permission_boundary = False
    # Whether the system may publish new pages of this type without review, in production too.
    published_by_system = False
    card_template = "core/card.html"
    # The seal shown with the page (core.seals.drawing); None: the district's.
    seal: Seal | None = None
    # Whether that seal represents the whole school.
    is_emblem = False
    # How a list of cards is laid out: "rows", "wall" or "grid".
    card_list = "rows"
    # Fields with pictures → the sizes (core.media.rendition_sizes) in which readers see them, the
    # page's own picture first; they are made when the page is published.
    picture_sizes: dict[str, tuple[str, ...]] = {"body": ("text",)}
    # The relations that a listing reads, for select_related.
    listing_relations: tuple[str, ...] = ()

    content_panels = [FieldPanel("title"), AddressPanel()]
    promote_panels: list[Panel] = []
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
    def listed(cls) -> PageQuerySet:
        """Return the live pages that a list may show today, with all that a card reads."""
        pages = cls.objects.live()
        if cls.listing_relations:
            pages = pages.select_related(*cls.listing_relations)
        return with_renditions(pages, cls.card_picture, *CARD_SIZES) if cls.card_picture else pages

    @classmethod
    def current(cls) -> PageQuerySet:
        """Return the listed pages that a home page may show today."""
        return cls.listed()

    # A copy was never public.
    exclude_fields_in_copy = ["withdrawn_at", "expired"]

    @property
    def ends_at(self) -> datetime | None:
        """When this page has to come down, by its date or its content; None: never."""
        return self.expire_at

    @classmethod
    def ended(cls) -> PageQuerySet:
        """Return the live pages that have to come down because of their own content."""
        return cls.objects.none()

    @property
    def summary_text(self) -> str:
        """One or two sentences for cards and meta descriptions."""
        return self.search_description

    def permissions_for_user(self, user: AbstractBaseUser) -> DistrictPagePermissionTester:
        return DistrictPagePermissionTester(user, self)

    def clean(self) -> None:
        super().clean()
        if not self.saved_as_draft:
            self.clean_submission()

    def clean_submission(self) -> None:
        """Validate what a complete page has and a draft may lack.

        Raises:
            ValidationError: something is missing or inconsistent.
        """

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route as Wagtail does, except that no page answers below one that is not public.

        Raises:
            Http404: there is no such page; no address holds a null character, which a stored one
                (of a report, of a redirect) may.
        """
        if any("\x00" in component for component in path_components):
            raise Http404
        if self.live:
            return super().route(request, path_components)
        if not self.is_taken_down:
            raise Http404
        if not path_components:
            return RouteResult(self)
        result = super().route(request, path_components)
        if result.page.live:
            raise Http404
        return result

    @property
    def is_taken_down(self) -> bool:
        """Whether it was public and was withdrawn or has expired; its address then says so."""
        was_public = not self.live and bool(self.first_published_at)
        return was_public and bool(self.withdrawn_at or self.expired)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_taken_down and not getattr(request, "is_preview", False):
            request.is_preview = False  # type: ignore[attr-defined]  # Wagtail reads it
            return TemplateResponse(request, "core/410.html", {"page": self}, status=410)
        return super().serve(request, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the row; raise PublishingRefused if that changes what is public."""
        write_guard.guard_write(self, kwargs.get("update_fields"))
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict) -> Self:
        """Return the page with this content; which version is live does not come from there."""
        page = super().with_content_json(content)
        page.live_revision_id = self.live_revision_id
        return page

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a revision; raise PublishingRefused while the page is in review."""
        write_guard.guard_revision(self, kwargs.get("overwrite_revision"))
        return super().save_revision(*args, **kwargs)

    @classmethod
    def from_serializable_data(
        cls, data: dict, check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Return the page of a revision without references to what has been deleted since."""
        if check_fks:
            data = without_deleted_references(cls, data)
        return super().from_serializable_data(data, check_fks, strict_fks)

    def _set_core_field_defaults(self) -> None:
        # Editors never see a slug; Wagtail's own default is empty for a Chinese title.
        if not self.slug and self.path:
            self.slug = free_slug(self.title, self.get_parent(), self)
        super()._set_core_field_defaults()

    def _check_slug_is_unique(self) -> None:
        super()._check_slug_is_unique()
        if reserved_slugs.is_reserved(self.slug, self.get_parent()):
            raise ValidationError({"slug": reserved_slugs.RESERVED % {"slug": self.slug}})

    def facet_choice(self, name: str) -> Facet:
        """Return the facet of a field with choices."""
        field = self._meta.get_field(name)
        return Facet(name, str(field.verbose_name), str(getattr(self, f"get_{name}_display")()))
