"""URLs, buttons and the menu item of withdrawal and of the schedule."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page

from accounts.models import User
from core.admin_menu import RestrictedMenuItem
from publication import permissions
from publication.schedule import call_back_errors
from publication.views.schedule import ScheduleView
from publication.views.withdrawal import CallBackView, WithdrawView
from publication.withdrawal import withdrawal_errors


@hooks.register("register_admin_urls")
def register_withdrawal_urls() -> list[URLPattern]:
    """Register the screens of withdrawal and of the schedule."""
    return [
        path("withdraw/<int:page_id>/", WithdrawView.as_view(), name="publication_withdraw"),
        path("schedule/", ScheduleView.as_view(), name="publication_schedule"),
        path("schedule/<int:page_id>/", CallBackView.as_view(), name="publication_call_back"),
    ]


@hooks.register("register_page_header_buttons")
def withdrawal_header_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to withdraw and to call back beside the other actions of the page."""
    if not permissions.may_take_down_anywhere(user):
        return
    if not withdrawal_errors(page, user):
        yield _withdraw_button(Button, page)
    if not call_back_errors(page, user):
        url = reverse("publication_call_back", args=[page.pk])
        yield Button(_("Call the schedule back"), url, icon_name="calendar-alt", priority=62)


@hooks.register("register_page_listing_more_buttons")
def withdraw_listing_button(
    page: Page, user: User, next_url: str | None = None
) -> Iterator[ListingButton]:
    """Offer to withdraw in the menu of each row of the explorer."""
    may_offer = page.live and permissions.may_take_down_anywhere(user)
    if may_offer and not withdrawal_errors(page, user):
        yield _withdraw_button(ListingButton, page)


def _withdraw_button(button_class: type[Button], page: Page) -> Button:
    url = reverse("publication_withdraw", args=[page.pk])
    return button_class(_("Withdraw"), url, icon_name="download", priority=61)


@hooks.register("register_admin_menu_item")
def register_schedule() -> MenuItem:
    """Put the schedule into the main menu of the committee."""
    return RestrictedMenuItem(
        _("Schedule"),
        reverse("publication_schedule"),
        name="schedule",
        icon_name="calendar-alt",
        order=250,
        may_see=permissions.may_see_schedule,
    )
