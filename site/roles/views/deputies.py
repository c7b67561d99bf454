"""Screens of deputies: the list, naming one, ending one's time."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.widgets.button import HeaderButton

from core.admin_reports import RestrictedListingView
from core.requests import AnyUser
from roles.deputies import end_deputy, end_deputy_errors
from roles.forms import DeputyForm
from roles.models import Deputy
from roles.permissions import may_manage_deputies, require_superuser
from roles.scopes import district_titles, school_titles


class EndDeputyColumn(Column):
    """How the time stands, with a button to end it."""

    cell_template_name = "roles/tables/end_deputy_cell.html"

    def get_cell_context_data(self, instance: Deputy, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["today"] = timezone.localdate()
        context["csrf_token"] = get_token(context["request"])
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
    index_url_name = "roles_deputies"
    table_class = DeputyTable
    no_results_message = gettext_lazy("Nobody was ever named a deputy.")

    def may_see(self, user: AnyUser) -> bool:
        return may_manage_deputies(user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("roles_deputy_add")
        return [HeaderButton(_("Name a deputy"), url=url, icon_name="plus")]

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


def add_deputy(request: HttpRequest) -> HttpResponse:
    """Name a deputy; level and place may be given in the address."""
    require_superuser(request.user)
    initial = {name: request.GET.get(name, "") for name in ("level", "scope_key")}
    form = DeputyForm(request.POST or None, initial={"starts_on": timezone.localdate(), **initial})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The deputy is named; it is on the record."))
        return redirect("roles_deputies")
    context = {
        "page_title": _("Name a deputy"),
        "header_icon": "group",
        "form": form,
        "back": "roles_deputies",
    }
    return render(request, "core/admin/form.html", context)


@require_POST
def end_deputy_view(request: HttpRequest, deputy_id: int) -> HttpResponse:
    """End a deputy's time at once."""
    require_superuser(request.user)
    with transaction.atomic():
        deputy = get_object_or_404(Deputy.objects.select_for_update(), pk=deputy_id)
        errors = end_deputy_errors(deputy)
        if not errors:
            end_deputy(deputy)
    for error in errors:
        messages.error(request, error)
    if not errors:
        messages.success(request, _("%(person)s is deputy no more.") % {"person": deputy.user})
    return redirect("roles_deputies")
