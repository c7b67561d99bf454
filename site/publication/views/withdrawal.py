"""Screens on which a final approver takes back what is public or scheduled, with a reason."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from accounts.models import User
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from publication import permissions, schedule, withdrawal
from publication.forms import WithdrawalReasonForm


class ReasonedView(WagtailAdminTemplateMixin, FormView):
    """Ask for the reason of an act on one page, then carry it out.

    A subclass sets the titles and the template, and says what stands against the act
    (`act_errors`), who may open the screen (`may_act`), and what the act is (`act`).
    """

    form_class = WithdrawalReasonForm
    breadcrumbs_items: list[dict[str, Any]] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raise Refused with the errors for everybody but final approvers of the district.

        A reason that was typed is shown in a message, so that it is not lost.
        """
        self.user = cast("User", request.user)
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        self.errors = self.act_errors()
        if not self.may_act():
            show_unsaved_text(request, request.POST.get("reason", ""))
            raise Refused(self.errors)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: WithdrawalReasonForm) -> HttpResponse:
        """Carry the act out; if it is refused, show the screen again with the errors."""
        try:
            return self.act(form.cleaned_data["reason"])
        except Refused as refusal:
            self.errors = refusal.reasons
            return self.form_invalid(form)

    def get_page_subtitle(self) -> str:
        """Return the title of the page."""
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page and the errors."""
        return super().get_context_data(page=self.page, errors=self.errors, **kwargs)

    def may_act(self) -> bool:
        """Return whether this person may open the screen of this page."""
        raise NotImplementedError

    def act_errors(self) -> list[str]:
        """Return why the act is not possible now; empty if nothing stands against it."""
        raise NotImplementedError

    def act(self, reason: str) -> HttpResponse:
        """Carry the act out, show a success message and redirect.

        Raises:
            Refused: with the errors; nothing has changed.
        """
        raise NotImplementedError


class WithdrawView(ReasonedView):
    """Name all pages that will come down, ask for the reason, take them down."""

    template_name = "publication/withdraw.html"
    page_title = _("Withdraw")
    header_icon = "download"

    def may_act(self) -> bool:
        """Final approvers of the page's district."""
        return permissions.may_withdraw(self.user, self.page)

    def act_errors(self) -> list[str]:
        """See `withdrawal.withdrawal_errors`."""
        return withdrawal.withdrawal_errors(self.page, self.user)

    def act(self, reason: str) -> HttpResponse:
        """Withdraw and go back to the explorer."""
        pages = withdrawal.withdraw(self.page, self.user, reason)
        message = ngettext(
            "%(number)d page is withdrawn.", "%(number)d pages are withdrawn.", len(pages)
        )
        messages.success(self.request, message % {"number": len(pages)})
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pages that will come down."""
        pages = [] if self.errors else withdrawal.pages_to_withdraw(self.page)
        return super().get_context_data(pages=pages, **kwargs)


class CallBackView(ReasonedView):
    """Ask for the reason and call a scheduled version back."""

    template_name = "publication/call_back.html"
    page_title = _("Call the schedule back")
    header_icon = "calendar-alt"

    def may_act(self) -> bool:
        """Final approvers of the page's district."""
        return permissions.may_call_back(self.user, self.page)

    def act_errors(self) -> list[str]:
        """See `schedule.call_back_errors`."""
        return schedule.call_back_errors(self.page, self.user)

    def act(self, reason: str) -> HttpResponse:
        """Call back and go to the schedule."""
        schedule.call_back(self.page, self.user, reason)
        message = _("“%(title)s” is not published and can be edited again.")
        messages.success(self.request, message % {"title": self.page.get_admin_display_title()})
        return redirect("publication_schedule")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the scheduled revision; None if there is none any more."""
        return super().get_context_data(revision=self.page.scheduled_revision, **kwargs)
