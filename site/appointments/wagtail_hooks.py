"""People who decide, deputies and the settings of review in the settings menu."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from appointments.permissions import may_see_appointments
from appointments.views import activation, deputies, people, proposals, review_settings
from core.admin_menu import register_settings_item
from roles.permissions import may_manage_deputies, may_see_staffing


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Return the lists, and the forms on which changes are proposed."""
    return [
        path("people/", people.PeopleView.as_view(), name="appointments_people"),
        path(
            "people/results/",
            people.PeopleView.as_view(results_only=True),
            name="appointments_people_results",
        ),
        path(
            "people/role/",
            proposals.MembershipProposalView.as_view(),
            name="appointments_propose_role",
        ),
        path(
            "people/administrator/",
            proposals.AdministratorProposalView.as_view(),
            name="appointments_propose_administrator",
        ),
        path(
            "people/credentials/",
            proposals.CredentialsProposalView.as_view(),
            name="appointments_propose_credentials",
        ),
        path(
            "people/email/",
            proposals.EmailProposalView.as_view(),
            name="appointments_propose_email",
        ),
        path(
            "people/switch-on/",
            proposals.SwitchOnProposalView.as_view(),
            name="appointments_propose_switch_on",
        ),
        path(
            "people/activation/<int:change_request_id>/",
            activation.print_half,
            name="appointments_print_activation",
        ),
        path("deputies/", deputies.DeputyListView.as_view(), name="appointments_deputies"),
        path(
            "deputies/add/", deputies.DeputyProposalView.as_view(), name="appointments_deputy_add"
        ),
        path(
            "deputies/end/",
            deputies.EndDeputyProposalView.as_view(),
            name="appointments_deputy_end",
        ),
        path(
            "practice/",
            review_settings.list_review_settings,
            name="appointments_review_settings_list",
        ),
        path(
            "practice/<uuid:district_key>/",
            review_settings.ReviewSettingsProposalView.as_view(),
            name="appointments_review_settings",
        ),
    ]


register_settings_item(
    _("People who decide"), "appointments_people", "user", 9, may_see_appointments
)
register_settings_item(_("Deputies"), "appointments_deputies", "group", 11, may_manage_deputies)
register_settings_item(
    _("Review settings"), "appointments_review_settings_list", "cog", 13, may_see_staffing
)
