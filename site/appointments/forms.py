"""Forms on which somebody proposes a change of the people who decide."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from appointments.kinds.deputies import deputy_payload
from appointments.kinds.memberships import JOIN, LEAVE
from audit.role_entries import snapshot_of
from change_requests.forms import ChangeRequestForm
from change_requests.kinds import Payload
from roles.forms import DeputyForm, ReviewSettingsForm, scope_choices
from roles.models import APPOINTED_ROLES, Deputy, Role, RoleGroup
from roles.scopes import district_key_of_scope, scope_title


class AccountField(forms.ModelChoiceField):
    """A choice of accounts, with name and user name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.get_username()})"


def active_accounts() -> QuerySet[User]:
    """Return the accounts that are switched on, by user name."""
    return User.objects.filter(is_active=True).order_by("username")


def protected_accounts() -> QuerySet[User]:
    """Return the accounts that decide, administrate or audit, by user name."""
    groups = RoleGroup.objects.filter(role__in=APPOINTED_ROLES)
    deputies = Deputy.objects.values("user")
    return User.objects.filter(
        Q(is_superuser=True) | Q(groups__in=groups.values("group")) | Q(pk__in=deputies)
    ).order_by("username")


class AccountChangeForm(ChangeRequestForm):
    """A change about one account."""

    user = AccountField(active_accounts(), label=gettext_lazy("account"))

    def get_district_key(self) -> UUID | None:
        """Return the district in which the account decides or audits; None if in none."""
        user = self.cleaned_data["user"]
        groups = RoleGroup.objects.held_by(user.pk).filter(role__in=APPOINTED_ROLES)
        keys = [
            *groups.order_by("pk").values_list("scope_key", flat=True),
            *Deputy.objects.filter(user=user).values_list("scope_key", flat=True),
        ]
        return next((key for key in map(district_key_of_scope, keys) if key), None)

    def payload(self) -> Payload:
        return {"user": self.cleaned_data["user"].pk}


class MembershipForm(AccountChangeForm):
    """Somebody joins a role at a school or in a district, or leaves it."""

    action = forms.ChoiceField(
        label=gettext_lazy("change"),
        choices=[(JOIN, gettext_lazy("joins the role")), (LEAVE, gettext_lazy("leaves the role"))],
        widget=forms.RadioSelect,
        initial=JOIN,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("role"),
        choices=[(role.value, role.label) for role in map(Role, APPOINTED_ROLES)],
    )
    scope_key = forms.ChoiceField(label=gettext_lazy("school or district"), choices=scope_choices)
    field_order = ["action", "user", "role", "scope_key", "reason"]

    def get_district_key(self) -> UUID | None:
        return district_key_of_scope(UUID(self.cleaned_data["scope_key"]))

    def title(self) -> str:
        title = _("%(person)s joins: %(role)s, %(place)s")
        if self.cleaned_data["action"] == LEAVE:
            title = _("%(person)s leaves: %(role)s, %(place)s")
        return title % {
            "person": self.cleaned_data["user"],
            "role": Role(self.cleaned_data["role"]).label,
            "place": scope_title(UUID(self.cleaned_data["scope_key"])),
        }

    def payload(self) -> Payload:
        names = ("action", "role", "scope_key")
        return super().payload() | {name: self.cleaned_data[name] for name in names}


class AdministratorForm(AccountChangeForm):
    """Somebody becomes administrator of the installation, or ceases to be one."""

    action = forms.ChoiceField(
        label=gettext_lazy("change"),
        choices=[
            (JOIN, gettext_lazy("becomes administrator")),
            (LEAVE, gettext_lazy("is administrator no more")),
        ],
        widget=forms.RadioSelect,
        initial=JOIN,
    )
    field_order = ["action", "user", "reason"]

    def get_district_key(self) -> UUID | None:
        return None

    def title(self) -> str:
        title = _("%(person)s becomes administrator")
        if self.cleaned_data["action"] == LEAVE:
            title = _("%(person)s is administrator no more")
        return title % {"person": self.cleaned_data["user"]}

    def payload(self) -> Payload:
        return super().payload() | {"action": self.cleaned_data["action"]}


class ProtectedAccountForm(AccountChangeForm):
    """A change about an account that decides, administrates or audits."""

    # Whether such accounts are offered that are switched on, or those that are switched off.
    is_active = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = protected_accounts().filter(is_active=self.is_active).distinct()


class CredentialsForm(ProtectedAccountForm):
    """The owner sets a new password by a link and a code."""

    def title(self) -> str:
        return _("New password by link and code: %s") % self.cleaned_data["user"]


class EmailForm(ProtectedAccountForm):
    """Another e-mail address of such an account."""

    email = forms.EmailField(label=gettext_lazy("new e-mail address"), max_length=254)
    field_order = ["user", "email", "reason"]

    def title(self) -> str:
        return _("Another e-mail address: %s") % self.cleaned_data["user"]

    def payload(self) -> Payload:
        return super().payload() | {"email": self.cleaned_data["email"]}


class SwitchOnForm(ProtectedAccountForm):
    """Such an account is switched on again."""

    is_active = False

    def title(self) -> str:
        return _("Account switched on again: %s") % self.cleaned_data["user"]


class DeputyChangeForm(DeputyForm):
    """Who decides in another's place, where, and from when to when."""

    def get_district_key(self) -> UUID | None:
        """Return the key of the district whose final approvers confirm it."""
        return district_key_of_scope(UUID(self.cleaned_data["scope_key"]))

    def title(self) -> str:
        """Return the deputyship in one line."""
        deputy = self.instance
        return _("Deputy: %(person)s, %(level)s, %(place)s, %(from)s – %(until)s") % {
            "person": deputy.user,
            "level": deputy.get_level_display(),
            "place": scope_title(UUID(self.cleaned_data["scope_key"])),
            "from": deputy.starts_on,
            "until": deputy.ends_on,
        }

    def payload(self) -> Payload:
        """Return the deputyship as JSON."""
        return deputy_payload(self.instance)

    def errors_above(self) -> list[str]:
        """Return the errors that no field shows."""
        return [str(error) for error in self.non_field_errors()]


class EndDeputyForm(ChangeRequestForm):
    """The time of a deputy ends at once."""

    deputy = forms.ModelChoiceField(
        Deputy.objects.select_related("user"), label=gettext_lazy("deputy")
    )
    field_order = ["deputy", "reason"]

    def get_district_key(self) -> UUID | None:
        return district_key_of_scope(self.cleaned_data["deputy"].scope_key)

    def title(self) -> str:
        return _("A deputy's time ends: %s") % self.cleaned_data["deputy"]

    def payload(self) -> Payload:
        deputy = self.cleaned_data["deputy"]
        return {"deputy": deputy.pk, "deputyship": str(deputy)}


class ReviewSettingsChangeForm(ChangeRequestForm, ReviewSettingsForm):
    """The settings of review of one district, and why they should change."""

    def get_district_key(self) -> UUID | None:
        """Return the key of the district."""
        key: UUID = self.instance.district_key
        return key

    def title(self) -> str:
        """Return the change in one line."""
        return _("Settings of review: %s") % scope_title(self.instance.district_key)

    def payload(self) -> Payload:
        """Return all the settings, changed or not."""
        return {
            "district_key": str(self.instance.district_key),
            "settings": snapshot_of(self.instance),
        }
