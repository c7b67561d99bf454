"""The chain and the contents: nothing was changed, taken out or put in between."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from audit.content_digest import digest_of
from audit.erasure import erased_digests, erased_entries, is_untouched
from audit.hash_chain import GENESIS
from audit.models import RecordedContent, RecordEntry, RecordHead
from audit.verification.problems import Problem

CHUNK = 500
# Entries of an installation from before there was a chain; their content was not kept.
UNCHAINED = {"from": "before the chain"}


def chain_problems() -> Iterator[Problem]:
    """Yield entries that were changed, taken out or put in between."""
    previous, length, erased = GENESIS, 0, erased_entries()
    for entry in RecordEntry.objects.order_by("pk").iterator(CHUNK):
        length += 1
        if entry.previous != previous:
            message = _("Entry %(id)s does not follow the one before it: something was taken out.")
            yield Problem(message % {"id": entry.pk}, entry.pk)
        if not is_untouched(entry, erased.get(entry.pk)):
            message = _("Entry %(id)s was changed after it was written.")
            yield Problem(message % {"id": entry.pk}, entry.pk)
        previous = entry.hash
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    if (head.hash, head.length) != (previous, length):
        message = _("The record ends otherwise than its head says (%(length)s entries).")
        yield Problem(message % {"length": head.length})


def content_problems() -> Iterator[Problem]:
    """Yield contents that were exchanged, and entries whose content is missing."""
    erased = erased_digests()
    for content in RecordedContent.objects.iterator(CHUNK):
        is_erased = content.text == "" and content.digest in erased
        if not is_erased and digest_of(content.text) != content.digest:
            message = _("The recorded content %(digest)s was changed.")
            yield Problem(message % {"digest": content.digest[:12]})
    # Not NOT IN: PostgreSQL cannot hash that beyond its work_mem, and would try each pair.
    recorded = RecordedContent.objects.filter(digest=OuterRef("digest"))
    missing = RecordEntry.objects.exclude(digest="").filter(~Exists(recorded))
    for entry in missing.iterator(CHUNK):
        if entry.detail != UNCHAINED:
            message = _("The content of entry %(id)s is missing.")
            yield Problem(message % {"id": entry.pk}, entry.pk)


def is_known_head(head: str) -> bool:
    """Return whether a hash that was printed as the head at some time is one of the chain's."""
    return head == GENESIS or RecordEntry.objects.filter(hash=head).exists()
