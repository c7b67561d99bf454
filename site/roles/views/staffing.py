"""The report of levels that too few people hold."""

import django_filters
from django.forms import RadioSelect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from core.admin_reports import LenientFilterSet, RestrictedReportView
from core.requests import AnyUser
from roles.models import Level, RoleGroup
from roles.permissions import may_manage_deputies, may_see_staffing
from roles.staffing import StaffedLevel, shortages, with_names


class StaffingFilterSet(LenientFilterSet):
    """A level; the rows are computed, so the model only tells the filters what to start from."""

    level = django_filters.ChoiceFilter(
        label=_("review level"),
        choices=Level.choices,
        empty_label=_("every level"),
        widget=RadioSelect,
        method="filter_level",
    )

    class Meta:
        model = RoleGroup
        fields: list[str] = []

    def filter_level(
        self, staffed_levels: list[StaffedLevel], name: str, level: str
    ) -> list[StaffedLevel]:
        """Return the rows of one level."""
        return [each for each in staffed_levels if each.level == level]


class ReviewersColumn(Column):
    """The names of those who decide there today, or that there is nobody."""

    cell_template_name = "roles/tables/reviewers_cell.html"


class NameDeputyColumn(Column):
    """A link to the form that names a deputy there."""

    cell_template_name = "roles/tables/name_deputy_cell.html"


class StaffingReportView(RestrictedReportView):
    """Every level that too few active people hold today."""

    page_title = _("Staffing")
    header_icon = "group"
    results_template_name = "roles/staffing_results.html"
    stylesheets = ["css/admin/staff.css"]
    index_url_name = "roles_staffing"
    index_results_url_name = "roles_staffing_results"
    filterset_class = StaffingFilterSet
    search_label = _("school or district")
    no_match_message = _("No level matches.")
    empty_message = _("Every level has enough people.")

    def may_see(self, user: AnyUser) -> bool:
        return may_see_staffing(user)

    @cached_property
    def columns(self) -> list[Column]:
        columns = [
            Column("title", label=_("school or district")),
            Column("level_name", label=_("review level")),
            ReviewersColumn("names", label=_("reviewers of today")),
        ]
        if may_manage_deputies(self.request.user):
            columns.append(NameDeputyColumn("name_deputy", label=""))
        return columns

    def get_queryset(self) -> list[StaffedLevel]:
        staffed: list[StaffedLevel] = self.filter_queryset(shortages())
        query = self.search_query.casefold()
        return [each for each in staffed if query in each.title.casefold()]

    def decorate_paginated_queryset(self, object_list: list[StaffedLevel]) -> list[StaffedLevel]:
        return with_names(object_list)
