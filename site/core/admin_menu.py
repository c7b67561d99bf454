"""Menu items of the admin with a number, and menu items that some people see."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem


class CountedMenuItem(MenuItem):
    """A menu item that shows how much there is to do behind it; no number where that is none."""

    def count(self, request: HttpRequest) -> int:
        """Return the number for this person; called on every screen, so at most one query."""
        raise NotImplementedError

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        # Wagtail keeps `self` for all requests, so the number stays out of it.
        count = self.count(request)
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


class RestrictedMenuItem(MenuItem):
    """A menu item for those for whom `may_see(user)` is true."""

    def __init__(self, *args: Any, may_see: Callable[..., bool], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.may_see = may_see

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may_see(request.user)


def register_settings_item(
    label: str | Promise, name: str, icon: str, order: int, may_see: Callable[..., bool]
) -> None:
    """Add an item that leads to the URL `name` to the settings menu, for those who may see it."""

    def item() -> RestrictedMenuItem:
        return RestrictedMenuItem(
            label, reverse(name), name=name, icon_name=icon, order=order, may_see=may_see
        )

    hooks.register("register_settings_menu_item", item)
