"""The list of those who decide, administrate and audit, from which changes are proposed."""

import django_filters
from django.forms import RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from appointments.people import Appointment, appointments
from appointments.permissions import may_propose, may_see_appointments
from core.admin_reports import LenientFilterSet, RestrictedReportView
from core.requests import AnyUser
from roles.models import APPOINTED_ROLES, Role, RoleGroup


class PeopleFilterSet(LenientFilterSet):
    """A role; the rows are computed, so the model only tells the filters what to start from."""

    role = django_filters.ChoiceFilter(
        label=_("role"),
        choices=[(role.value, role.label) for role in map(Role, APPOINTED_ROLES)],
        empty_label=_("every role"),
        widget=RadioSelect,
        method="filter_role",
    )

    class Meta:
        model = RoleGroup
        fields: list[str] = []

    def filter_role(self, rows: list[Appointment], name: str, role: str) -> list[Appointment]:
        """Return the rows of one role."""
        return [row for row in rows if row.role == role] if role else rows


class ActionsColumn(Column):
    """Links to propose another password or address for the account, or that it leaves the role."""

    cell_template_name = "appointments/actions_cell.html"


class PeopleView(RestrictedReportView):
    """Everybody who decides, administrates or audits, but deputies."""

    page_title = _("People who decide")
    header_icon = "user"
    introduction = _(
        "One person proposes a change here, another confirms it: an administrator, or a final "
        "approver of the district."
    )
    stylesheets = ["css/admin/staff.css"]
    index_url_name = "appointments_people"
    index_results_url_name = "appointments_people_results"
    filterset_class = PeopleFilterSet
    search_label = _("person, school or district")
    no_match_message = _("Nobody matches.")
    empty_message = _("Nobody holds a role.")

    def may_see(self, user: AnyUser) -> bool:
        return may_see_appointments(user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_propose(self.request.user):
            return []
        return [
            HeaderButton(
                _("Propose who holds a role"),
                url=reverse("appointments_propose_role"),
                icon_name="plus",
            )
        ]

    @cached_property
    def header_more_buttons(self) -> list[HeaderButton]:
        if not may_propose(self.request.user):
            return []
        return [
            HeaderButton(label, url=reverse(name), icon_name=icon)
            for label, name, icon in (
                (_("Propose an administrator"), "appointments_propose_administrator", "user"),
                (_("Switch an account on again"), "appointments_propose_switch_on", "user"),
            )
        ]

    @cached_property
    def columns(self) -> list[Column]:
        columns = [
            Column("user", label=_("person")),
            Column("username", label=_("account"), accessor="user.username"),
            Column("role_name", label=_("role")),
            Column("place", label=_("school or district")),
            Column("state", label=_("status")),
        ]
        if may_propose(self.request.user):
            columns.append(ActionsColumn("actions", label=""))
        return columns

    def get_queryset(self) -> list[Appointment]:
        rows: list[Appointment] = self.filter_queryset(appointments())
        query = self.search_query.casefold()
        return [row for row in rows if query in f"{row.user} {row.place}".casefold()]
