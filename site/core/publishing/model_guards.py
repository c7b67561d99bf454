"""Model guards: what readers see besides a page's own text changes by two people's word alone.

The write guard (`core.publishing.write_guard`) knows pages that save themselves. These hear of
the rest: pages that are moved or deleted, rows around pages, and pages saved under Wagtail's own
class.
"""

from django.db.models.signals import pre_delete, pre_save
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

BY_TWO = _(
    "What readers reach at which address changes by two people: one proposes, another of the "
    "committee confirms."
)
RULES = _("The levels of review follow the district's own rules; workflows are not changed here.")
LANGUAGES = _("Languages are set up together with the district, not here.")
WITHDRAW = _("A public page comes down only by withdrawal, with a reason.")
BOUND = _("The record of reviews speaks of this page: it was public, has its day, or waits.")
STAYS = _("What is public stays where it is: its address is printed, shared and cited.")
# Model → why its rows stand still outside `confirmed_change()`; rows of subclasses too.
STANDS_STILL = {
    Site: BY_TWO,
    Redirect: BY_TWO,
    PageViewRestriction: BY_TWO,
    CollectionViewRestriction: BY_TWO,
    Task: RULES,
    Workflow: RULES,
    WorkflowPage: RULES,
    WorkflowTask: RULES,
}
TAKES_ALONG = (Page, Collection)


def connect() -> None:
    """Begin to listen, once, at start."""
    pre_save.connect(guard_row, dispatch_uid="guard_row")
    pre_delete.connect(guard_row, dispatch_uid="guard_row")
    pre_save.connect(guard_page_rows, dispatch_uid="guard_page_rows")
    pre_save.connect(guard_schedule, sender=Revision, dispatch_uid="guard_schedule")
    pre_save.connect(guard_language, sender=Locale, dispatch_uid="guard_language")
    pre_delete.connect(guard_deletion, dispatch_uid="guard_deletion")
    pre_page_move.connect(guard_move, dispatch_uid="guard_move")


def reason_for(model) -> str | None:
    """Why rows of this model stand still, in words; None if they do not."""
    return next((why for kind, why in STANDS_STILL.items() if issubclass(model, kind)), None)


def guard_row(sender, instance, origin=None, **kwargs) -> None:
    """Raises PublishingRefused: such a row changes only inside `confirmed_change()`."""
    reason = reason_for(sender)
    if reason is None or is_confirmed_change():
        return
    # A draft or an empty collection takes its own rows along; a site never goes that way.
    if sender is not Site and issubclass(getattr(origin, "model", type(origin)), TAKES_ALONG):
        return
    raise PublishingRefused(reason)


def guard_schedule(sender, instance, **kwargs) -> None:
    """Raises PublishingRefused: a version would be due for publication without its approvals."""
    due = instance.approved_go_live_at
    if due is None or is_publishing(instance.object_id) or is_confirmed_change():
        return
    if not Revision.objects.filter(pk=instance.pk, approved_go_live_at=due).exists():
        raise PublishingRefused(_("Only the last review level fixes the time of publication."))


def guard_page_rows(sender, instance, update_fields=None, raw=False, **kwargs) -> None:
    """The write guard for what passes by `BasePage.save()`: plain pages, and rows from a file."""
    if not issubclass(sender, Page) or (raw and is_confirmed_change()):
        return
    if raw:
        raise PublishingRefused(_("Pages are not loaded over the ones that stand here."))
    if sender is Page:
        write_guard.guard_write(instance, update_fields)


def guard_language(sender, instance, raw=False, **kwargs) -> None:
    """Raises PublishingRefused: the language of existing pages would become another one."""
    if is_confirmed_change() or instance._state.adding:
        return
    before = Locale.objects.filter(pk=instance.pk).first()
    renamed = before is not None and before.language_code != instance.language_code
    if renamed and Page.objects.filter(locale_id=instance.pk).exists():
        raise PublishingRefused(LANGUAGES)


def guard_deletion(sender, instance, **kwargs) -> None:
    """Raises PublishingRefused: a page would go from the public site without a word."""
    if not issubclass(sender, Page) or is_confirmed_change():
        return
    if instance.live or Page.objects.live().filter(pk=instance.pk).exists():
        raise PublishingRefused(WITHDRAW)
    if is_retained(instance):
        raise PublishingRefused(BOUND)


def guard_move(sender, instance, parent_page_after, **kwargs) -> None:
    """Raises PublishingRefused: public addresses would change, or a home page be made."""
    if is_confirmed_change():
        return
    if write_guard.touches_public(instance) or instance.scheduled_revision:
        raise PublishingRefused(STAYS)
    if parent_page_after.is_root():
        raise PublishingRefused(_("A home page is made when its district is set up, not here."))
