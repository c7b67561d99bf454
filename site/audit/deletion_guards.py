"""Why an account or a version must stay: the record, or the rules of authorship, need it."""

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from accounts.models import User
from audit.models import RecordEntry


def revision_deletion_errors(revision: Revision) -> list[str]:
    """Return why a page's version must stay although its page does.

    The record names it, or it came after the public one: it says who wrote the text and so may not
    approve it.
    """
    page = revision.content_object
    if not isinstance(page, Page):
        return []
    named = RecordEntry.objects.filter(page_id=page.pk, revision_id=revision.pk).exists()
    if named or revision.pk > (page.live_revision_id or 0):
        return [_("This version says who wrote or decided what.")]
    return []


def account_deletion_errors(account: User) -> list[str]:
    """Return why an account must stay: a text would forget its author, who could approve it."""
    has_written = Revision.objects.filter(user=account).exists()
    if has_written or RecordEntry.objects.filter(user_id=account.pk).exists():
        message = _(
            "“%(person)s” has written or decided here, so the account stays. "
            "Take the tick off “active” instead."
        )
        return [message % {"person": account}]
    return []
