"""Screens of deputies: the list, and proposing one, or the end of one's time."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.widgets.button import HeaderButton

from appointments.forms import DeputyChangeForm, EndDeputyForm
from appointments.kinds.deputies import DEPUTY_KIND, END_DEPUTY_KIND
from change_requests.views.forms import ChangeRequestFormView
from core.admin_reports import RestrictedListingView
from core.requests import AnyUser
from roles.models import Deputy
from roles.permissions import may_manage_deputies
from roles.scopes import district_titles, school_titles


class EndDeputyColumn(Column):
    """How the time stands, with a link to propose its end."""

    cell_template_name = "appointments/end_deputy_cell.html"

    def get_cell_context_data(self, instance: Deputy, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["today"] = timezone.localdate()
        return context


class DeputyTable(Table):
    """Deputies, those whose time is over in grey."""

    def get_row_classname(self, instance: Deputy) -> str:
        return "staff-over" if instance.ends_on < timezone.localdate() else ""


class DeputyListView(RestrictedListingView):
    """All deputies, those of the latest days first; read-only."""

    model = Deputy
    page_title = gettext_lazy("Deputies")
    header_icon = "group"
    introduction = gettext_lazy(
        "A deputy decides at a level in another's place, from one day to another. "
        "Nobody decides on what they wrote, and nobody at two levels."
    )
    stylesheets = ["css/admin/staff.css"]
    index_url_name = "appointments_deputies"
    table_class = DeputyTable
    no_results_message = gettext_lazy("Nobody was ever named a deputy.")

    def may_see(self, user: AnyUser) -> bool:
        return may_manage_deputies(user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("appointments_deputy_add")
        return [HeaderButton(_("Propose a deputy"), url=url, icon_name="plus")]

    @cached_property
    def columns(self) -> list[Column]:
        titles = district_titles() | school_titles()
        return [
            Column("user", label=_("deputy")),
            Column("get_level_display", label=_("review level")),
            Column(
                "scope_key",
                label=_("school or district"),
                accessor=lambda deputy: titles.get(deputy.scope_key, deputy.scope_key),
            ),
            Column(
                "days",
                label=_("from – until"),
                accessor=lambda deputy: f"{deputy.starts_on} – {deputy.ends_on}",
                classname="staff-days",
            ),
            Column("reason", label=_("reason")),
            EndDeputyColumn("end", label=""),
        ]

    def get_base_queryset(self) -> QuerySet[Deputy]:
        return Deputy.objects.select_related("user")


class DeputyProposalView(ChangeRequestFormView):
    """Propose a deputy; level and place may be given in the address."""

    kind = DEPUTY_KIND
    form_class = DeputyChangeForm  # type: ignore[assignment]  # a model form of the same shape
    page_title = gettext_lazy("Propose a deputy")

    def test_func(self) -> bool:
        return may_manage_deputies(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET.get(name, "") for name in ("level", "scope_key")}
        return {"starts_on": timezone.localdate(), **given}


class EndDeputyProposalView(ChangeRequestFormView):
    """Propose that a deputy's time ends at once (`?deputy=…`)."""

    kind = END_DEPUTY_KIND
    form_class = EndDeputyForm
    page_title = gettext_lazy("Propose the end of a deputy's time")

    def test_func(self) -> bool:
        return may_manage_deputies(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return {"deputy": self.request.GET.get("deputy")}
