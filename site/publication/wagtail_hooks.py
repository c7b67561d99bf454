"""Ways to withdrawal and to the schedule, for those who may go them."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ListingButton

from publication import schedule, views, withdrawal


@hooks.register("register_admin_urls")
def register_takedown_urls():
    """The screens of withdrawal and of the schedule."""
    return [
        path("withdraw/<int:page_id>/", views.withdraw_view, name="publication_withdraw"),
        path("schedule/", views.schedule_view, name="publication_schedule"),
        path("schedule/<int:page_id>/", views.call_back_view, name="publication_call_back"),
    ]


@hooks.register("register_page_header_buttons")
def offer_to_take_back(page, user, view_name, next_url=None):
    """Withdraw and call back, beside the other actions of the page."""
    return _buttons(Button, page, user)


@hooks.register("register_page_listing_more_buttons")
def offer_to_withdraw(page, user, next_url=None):
    """Withdraw, in the menu of each row of the explorer."""
    if may_decide_finally(user) and page.live and withdrawal.may_withdraw(page, user):
        yield _withdraw(ListingButton, page)


def may_decide_finally(user) -> bool:
    """Whether `user` is a final approver anywhere; remembered for the rows of a listing."""
    if not hasattr(user, "_final_anywhere"):
        user._final_anywhere = views.decides_finally(user)
    return user._final_anywhere


def _buttons(kind, page, user):
    if not may_decide_finally(user):
        return
    if withdrawal.may_withdraw(page, user):
        yield _withdraw(kind, page)
    if not schedule.call_back_errors(page, user):
        address = reverse("publication_call_back", args=[page.pk])
        yield kind(_("Call the schedule back"), address, icon_name="calendar-alt", priority=62)


def _withdraw(kind, page):
    address = reverse("publication_withdraw", args=[page.pk])
    return kind(_("Withdraw"), address, icon_name="download", priority=61)


class ScheduleMenuItem(MenuItem):
    """The schedule, for the committee."""

    def is_shown(self, request):
        return views.committee_paths(request.user) != []


@hooks.register("register_admin_menu_item")
def register_schedule():
    """The schedule stands in the main menu."""
    return ScheduleMenuItem(
        _("Schedule"), reverse("publication_schedule"), icon_name="calendar-alt", order=250
    )
