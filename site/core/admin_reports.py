"""What our lists in the admin add to Wagtail's: a permission, and mistakes in the address named."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Page, Paginator
from django.core.validators import MaxLengthValidator
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.reports import ReportView

from core.requests import AnyUser

SEARCH_LENGTH = 60


class RestrictedListingView(BaseListingView):
    """A list for those whom `may_see` allows it; a bad page number is 404."""

    paginate_by = 50
    results_template_name = "core/admin/listing_results.html"
    # A sentence above the list.
    introduction: Any = ""
    stylesheets: Sequence[str] = ()

    def may_see(self, user: AnyUser) -> bool:
        """Return whether `user` may read the list."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_see(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[Paginator[Any], Page[Any], Any, bool]:
        """Return one page of the list; Wagtail would show the first or the last one instead.

        Raises:
            Http404: the page number is no number, or there is no such page.
        """
        paginator = self.get_paginator(queryset, page_size)
        try:
            page = paginator.page(self.request.GET.get(self.page_kwarg) or 1)
        except InvalidPage as error:
            raise Http404("no such page") from error
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["introduction"] = self.introduction
        context["media"] += Media(css={"all": self.stylesheets})
        return context


class ListingSearchForm(SearchForm):
    """The search field of a list, with a name of its own."""

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, placeholder=label, **kwargs)
        self.fields["q"].label = label
        self.fields["q"].validators.append(MaxLengthValidator(SEARCH_LENGTH))


class LenientFilterSet(WagtailFilterSet):
    """Filters of which a bad value narrows nothing, while the others still do.

    What they narrow may be a list instead of a queryset; each filter then has a `method`.
    """

    def filter_queryset(self, queryset: Any) -> Any:
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


class RestrictedReportView(RestrictedListingView, ReportView):
    """A report with a search field and filters; what it cannot use of the address is named."""

    # Nothing to download: what somebody reads of the record is exported by the month.
    FORMATS = ()
    is_searchable = True
    search_label: Any
    # What stands in place of an empty list: with and without a search or filter.
    no_match_message: Any
    empty_message: Any

    def get_search_form(self) -> SearchForm:
        data = self.request.GET if self.search_kwarg in self.request.GET else None
        return ListingSearchForm(data, label=self.search_label)

    def filter_queryset(self, queryset: Any) -> Any:
        self.filters.is_valid()
        return self.filters.filter_queryset(queryset)

    def get_filtered_queryset(self) -> Any:
        """Return the list, which `get_queryset` has filtered already."""
        return self.get_queryset()

    @cached_property
    def is_filtering(self) -> bool:
        """Whether any valid value narrows the list."""
        return bool(self.active_filters)

    @cached_property
    def no_results_message(self) -> str:
        narrowed = self.is_searching or self.is_filtering
        return str(self.no_match_message if narrowed else self.empty_message)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["invalid_fields"] = [
            field
            for form in (self.search_form, self.filters.form)
            for field in form
            if field.errors
        ]
        return context
