"""Wagtail's screens of accounts: what two people change is shown there, and proposed elsewhere."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from accounts.models import User
from appointments.forms import protected_accounts
from roles.models import APPOINTED_ROLES, RoleGroup
from roles.separation import is_protected

BY_TWO = _("Roles that decide, administrate or audit are proposed under “People who decide”.")


def appointed_groups() -> Any:
    """Return the groups whose members two people appoint."""
    role_groups = RoleGroup.objects.filter(role__in=APPOINTED_ROLES)
    return Group.objects.filter(pk__in=role_groups.values("group"))


class AppointedRolesMixin:
    """A form of an account without the roles that two people give; those held stay as they are."""

    fields: Any
    instance: User

    def leave_out_appointments(self) -> None:
        """Take the flag of administrators and the groups of appointed roles off the form."""
        self.fields.pop("is_superuser", None)
        groups = self.fields["groups"]
        groups.queryset = groups.queryset.exclude(pk__in=appointed_groups().values("pk"))
        groups.help_text = BY_TWO


class AccountCreationForm(AppointedRolesMixin, UserCreationForm):
    """A new account, for writing; to decide, it is proposed afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave_out_appointments()


class AccountEditForm(AppointedRolesMixin, UserEditForm):
    """An account; of one that decides, neither password nor address, unless it is one's own."""

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.leave_out_appointments()
        if not editing_self and is_protected(self.instance):
            for name in ("password1", "password2"):
                self.fields.pop(name, None)
            self.fields["email"].disabled = True
            # The first people of a district may have none, and are switched off all the same.
            self.fields["email"].required = False
            self.fields["email"].help_text = _("It is proposed under “People who decide”.")

    @property
    def password_enabled(self) -> bool:
        """Whether the form sets a password."""
        return "password1" in getattr(self, "fields", {"password1": None})

    def clean_groups(self) -> Any:
        """Return the groups that were ticked, and those that this form does not show."""
        appointed = appointed_groups().filter(user=self.instance.pk)
        return Group.objects.filter(
            pk__in=[group.pk for group in (*self.cleaned_data["groups"], *appointed)]
        )


class AccountViewSet(UserViewSet):
    """Wagtail's lists and forms of accounts, with these forms."""

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountEditForm if for_update else AccountCreationForm


class LetterPasswordResetForm(PasswordResetForm):
    """A reset letter, for whoever does not decide, administrate or audit.

    Whoever reads outgoing letters could decide with it. Nothing tells whether an account exists.
    """

    def get_users(self, email: str) -> Any:
        protected = set(protected_accounts().values_list("pk", flat=True))
        return (user for user in super().get_users(email) if user.pk not in protected)
