"""Printing the halves of an activation, and taking an account over with both of them."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from accounts.models import User
from appointments import activation
from appointments.models import Activation
from change_requests.models import ChangeRequest
from change_requests.permissions import visible_to
from core.publishing.refusals import Refused


class ActivationForm(forms.Form):
    """The code on paper, and the password that the owner chooses."""

    code = forms.CharField(
        label=gettext_lazy("code"),
        max_length=40,
        help_text=gettext_lazy("You got it from another person than the link."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    password1 = forms.CharField(
        label=gettext_lazy("new password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("new password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, activation: Activation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activation = activation
        if not activation.needs_code:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        password = self.cleaned_data.get("password1")
        if password and password != self.cleaned_data.get("password2"):
            self.add_error("password2", _("The two passwords differ."))
        elif password:
            try:
                validate_password(password, self.activation.user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return self.cleaned_data


@never_cache
def print_half(request: HttpRequest, change_request_id: int) -> HttpResponse:
    """Show the proposer a new link, or the confirmer a new code; a POST makes it."""
    user = cast(User, request.user)
    change_request = get_object_or_404(
        visible_to(user).filter(status=ChangeRequest.Status.CONFIRMED), pk=change_request_id
    )
    waiting = Activation.objects.filter(change_request_id=change_request.pk).last()
    if waiting is None or user.pk not in (waiting.link_by_id, waiting.code_by_id):
        raise Refused([_("The two halves are printed by those who proposed and confirmed it.")])
    context: dict[str, Any] = {
        "page_title": _("Taking the account over"),
        "page_subtitle": str(waiting.user),
        "header_icon": "key",
        "activation": waiting,
        "change_request": change_request,
        "prints_link": user.pk == waiting.link_by_id,
    }
    if request.method == "POST":
        try:
            if context["prints_link"]:
                token = activation.print_link(waiting, user)
                context["link"] = request.build_absolute_uri(
                    reverse("activate_account", args=[token])
                )
            else:
                context["code"] = activation.print_code(waiting, user)
        except Refused as refusal:
            context["reasons"] = refusal.reasons
    return render(request, "appointments/print_activation.html", context)


@never_cache
@sensitive_post_parameters()
def activate_account(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of an account set the password, with the code from the other person."""
    waiting = activation.find_activation(token)
    if waiting is None:
        return render(request, "appointments/activation_over.html", status=404)
    form = ActivationForm(request.POST or None, activation=waiting)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data.get("code", "")
        try:
            activation.activate(waiting, code, form.cleaned_data["password1"])
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("code" if waiting.needs_code else None, reason)
        else:
            messages.success(request, _("The account is yours now. Please log in."))
            return redirect("wagtailadmin_login")
    response = render(
        request, "appointments/activate.html", {"form": form, "account": waiting.user}
    )
    # The address is a secret: it goes to no other site. With "no-referrer" the browser would call
    # the origin of the posted form "null", and Django would refuse it.
    response["Referrer-Policy"] = "same-origin"
    return response
