"""Entries of the admin's menu with a number, and entries that some people see."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem


class CountedMenuItem(MenuItem):
    """An entry that shows how much there is to do behind it; nothing where that is none."""

    def count(self, request: HttpRequest) -> int:
        """Return the number for this person; asked for every screen, so at most one query."""
        raise NotImplementedError

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        # Wagtail keeps `self` for all requests, so the number stays out of it.
        number = self.count(request)
        label = f"{self.label} ({number})" if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


class RestrictedMenuItem(MenuItem):
    """An entry shown to those for whom `may_see(user)` is true."""

    def __init__(self, *args, may_see: Callable[..., bool], **kwargs):
        super().__init__(*args, **kwargs)
        self.may_see = may_see

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may_see(request.user)


def register_settings_item(label, name: str, icon: str, order: int, may_see) -> None:
    """Put an entry that leads to the URL `name` among the settings, for those who may see it."""

    def item() -> RestrictedMenuItem:
        return RestrictedMenuItem(
            label, reverse(name), name=name, icon_name=icon, order=order, may_see=may_see
        )

    hooks.register("register_settings_menu_item", item)
