"""Proposing who decides, administrates or audits, and other credentials for them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from appointments import forms
from appointments.kinds import accounts, memberships
from appointments.permissions import may_propose
from change_requests.views.forms import ChangeRequestFormView


class ProposalView(ChangeRequestFormView):
    """For administrators; what the address names is filled in."""

    initial_names: tuple[str, ...] = ("user",)

    def test_func(self) -> bool:
        return may_propose(self.request.user)

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET.get(name, "") for name in self.initial_names}
        return {name: value for name, value in given.items() if value}


class MembershipProposalView(ProposalView):
    """Somebody joins or leaves a role."""

    kind = memberships.MEMBERSHIP_KIND
    form_class = forms.MembershipForm
    page_title = _("Propose who holds a role")
    initial_names = ("user", "role", "scope_key", "action")


class AdministratorProposalView(ProposalView):
    """Somebody becomes administrator, or ceases to be one."""

    kind = memberships.ADMINISTRATOR_KIND
    form_class = forms.AdministratorForm
    page_title = _("Propose an administrator")
    initial_names = ("user", "action")


class CredentialsProposalView(ProposalView):
    """A new password by link and code."""

    kind = accounts.CREDENTIALS_KIND
    form_class = forms.CredentialsForm
    page_title = _("Propose a new password by link and code")


class EmailProposalView(ProposalView):
    """Another e-mail address."""

    kind = accounts.EMAIL_KIND
    form_class = forms.EmailForm
    page_title = _("Propose another e-mail address")


class SwitchOnProposalView(ProposalView):
    """An account is switched on again."""

    kind = accounts.SWITCH_ON_KIND
    form_class = forms.SwitchOnForm
    page_title = _("Propose to switch an account on again")
