"""Model guards: what readers see besides the text of pages changes by two people alone.

The write guard (`core.publishing.write_guard`) covers pages that are saved. These signal receivers
cover the rest: pages that are moved or deleted, rows around pages, and pages saved under Wagtail's
own class.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.signals import pre_page_move

from core.publishing import write_guard
from core.publishing.contexts import is_confirmed_change, is_publishing
from core.publishing.refusals import PublishingRefused
from core.publishing.retention import is_retained

BY_TWO_PEOPLE = _(
    "What readers reach at which address changes by two people: one proposes, another of the "
    "committee confirms."
)
WORKFLOWS_FIXED = _(
    "The levels of review follow the district's own rules; workflows are not changed here."
)
LANGUAGES_FIXED = _("Languages are set up together with the district, not here.")
WITHDRAWAL_ONLY = _("A public page comes down only by withdrawal, with a reason.")
RETAINED = _("The record of reviews names this page: it was public, is scheduled, or is in review.")
ADDRESS_FIXED = _("What is public stays where it is: its address is printed, shared and cited.")
# Model → why its rows (and those of its subclasses) do not change outside `confirmed_change()`.
PROTECTED_MODELS: dict[type[Model], str | Promise] = {
    Site: BY_TWO_PEOPLE,
    Redirect: BY_TWO_PEOPLE,
    PageViewRestriction: BY_TWO_PEOPLE,
    CollectionViewRestriction: BY_TWO_PEOPLE,
    Task: WORKFLOWS_FIXED,
    Workflow: WORKFLOWS_FIXED,
    WorkflowPage: WORKFLOWS_FIXED,
    WorkflowTask: WORKFLOWS_FIXED,
}
# Models whose deletion may cascade to protected rows.
CASCADING_MODELS = (Page, Collection)


def connect_guards() -> None:
    """Connect the guards to their signals; called once, at start."""
    pre_save.connect(guard_row, dispatch_uid="guard_row")
    pre_delete.connect(guard_row, dispatch_uid="guard_row")
    pre_save.connect(guard_page_rows, dispatch_uid="guard_page_rows")
    pre_save.connect(guard_schedule, sender=Revision, dispatch_uid="guard_schedule")
    pre_save.connect(guard_language, sender=Locale, dispatch_uid="guard_language")
    pre_delete.connect(guard_deletion, dispatch_uid="guard_deletion")
    pre_page_move.connect(guard_move, dispatch_uid="guard_move")


def protection_reason(model: type[Model]) -> str | Promise | None:
    """Return why rows of this model do not change by one person; None if they may."""
    reasons = (
        reason for protected, reason in PROTECTED_MODELS.items() if issubclass(model, protected)
    )
    return next(reasons, None)


def guard_row(sender: type[Model], instance: Model, origin: Any = None, **kwargs: Any) -> None:
    """Raise PublishingRefused for a protected row outside `confirmed_change()`."""
    reason = protection_reason(sender)
    if reason is None or is_confirmed_change():
        return
    # A draft or an empty collection takes its own rows along; a site never goes that way.
    deleted_model = getattr(origin, "model", type(origin))
    if sender is not Site and issubclass(deleted_model, CASCADING_MODELS):
        return
    raise PublishingRefused(reason)


def guard_schedule(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Raise PublishingRefused if a version would be scheduled without its approvals."""
    go_live_at = instance.approved_go_live_at
    if go_live_at is None or is_publishing(instance.object_id) or is_confirmed_change():
        return
    if not Revision.objects.filter(pk=instance.pk, approved_go_live_at=go_live_at).exists():
        raise PublishingRefused(_("Only the last review level fixes the time of publication."))


def guard_page_rows(
    sender: type[Model],
    instance: Model,
    update_fields: Any = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Apply the write guard to what passes by `BasePage.save()`: plain pages, rows from a file."""
    if not issubclass(sender, Page) or (raw and is_confirmed_change()):
        return
    if raw:
        raise PublishingRefused(_("Pages are not loaded over existing ones."))
    if sender is Page:
        write_guard.guard_write(instance, update_fields)


def guard_language(
    sender: type[Locale], instance: Locale, raw: bool = False, **kwargs: Any
) -> None:
    """Raise PublishingRefused if the language of existing pages would become another one."""
    if is_confirmed_change() or instance._state.adding:
        return
    stored = Locale.objects.filter(pk=instance.pk).first()
    is_changed = stored is not None and stored.language_code != instance.language_code
    if is_changed and Page.objects.filter(locale_id=instance.pk).exists():
        raise PublishingRefused(LANGUAGES_FIXED)


def guard_deletion(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Raise PublishingRefused if a page is deleted that is public or retained."""
    if not issubclass(sender, Page) or is_confirmed_change():
        return
    if instance.live or Page.objects.live().filter(pk=instance.pk).exists():
        raise PublishingRefused(WITHDRAWAL_ONLY)
    if is_retained(instance):
        raise PublishingRefused(RETAINED)


def guard_move(sender: type[Model], instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Raise PublishingRefused if a public address would change, or a home page would be made."""
    if is_confirmed_change():
        return
    if write_guard.is_live_or_has_live_descendants(instance) or instance.scheduled_revision:
        raise PublishingRefused(ADDRESS_FIXED)
    if parent_page_after.is_root():
        raise PublishingRefused(_("A home page is made when its district is set up, not here."))
