"""The view behind every form on which somebody requests a change that two people make."""

from typing import cast

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from change_requests import domain
from change_requests.forms import ChangeRequestForm
from change_requests.kinds import ChangeKind
from core.publishing.refusals import Refused


class ChangeRequestFormView(UserPassesTestMixin, WagtailAdminTemplateMixin, FormView):
    """Request the change that the form describes, or show why it was refused; keep what was typed.

    A subclass names the kind of change, a `ChangeRequestForm`, its title and template, and says in
    `test_func` who may request such a change.
    """

    kind: ChangeKind
    form_class: type[ChangeRequestForm]
    template_name = "change_requests/form.html"
    header_icon = "group"
    # Breadcrumbs would take the place of the header.
    breadcrumbs_items: list = []

    def form_valid(self, form: ChangeRequestForm) -> HttpResponse:
        """Request the change and lead to it."""
        try:
            change_request = domain.request_change(
                self.kind.name,
                user=cast(User, self.request.user),
                title=form.title(),
                payload=form.payload(),
                reason=form.cleaned_data["reason"],
                district_key=form.get_district_key(),
            )
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
            return self.form_invalid(form)
        messages.success(self.request, _("Proposed. Another person decides."))
        return redirect("change_requests_detail", change_request.pk)

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return {"reasons": form.errors_above(), "media": form.media} | context
