"""What changed between two states of a page: Wagtail's own comparison, and exchanged files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from audit.content_digest import media_digests
from audit.models import RecordedContent
from review.domain.gate import Submission


@dataclass(frozen=True)
class Difference:
    """One comparison as a reviewer reads it; `missing` says why there is none."""

    name: str
    heading: str
    fields: list[Any]
    files: list[str]
    missing: str = ""

    @property
    def count(self) -> int:
        """How many fields and files differ."""
        return len(self.fields) + len(self.files)


class Versions:
    """The states of one page that can be compared; what is asked of the database is asked once."""

    def __init__(self, request: HttpRequest, page: Page, submission: Submission) -> None:
        self.revision, self.page = submission.revision, page
        self.waiting_text = submission.text
        self._panel = page.get_edit_handler().get_bound_panel(
            instance=page, request=request, form=None
        )

    def with_live(self, name: str, heading: str) -> Difference:
        """Return how the waiting text differs from what readers see."""
        if not self.page.live:
            missing = _("There is no live version yet: everything is new.")
            return Difference(name, heading, [], [], missing)
        return Difference(name, heading, self._changed_fields(self.page), [])

    def with_recorded(self, name: str, heading: str, digest: str) -> Difference:
        """Return how the waiting text differs from the content on record under `digest`."""
        recorded = RecordedContent.objects.filter(pk=digest).first()
        if recorded is None:
            missing = _("That version was not kept on the record.")
            return Difference(name, heading, [], [], missing)
        data = json.loads(recorded.text)
        # The record keeps no bookkeeping; without it Wagtail makes no page of a content.
        before = self.revision.content_object.with_content_json(
            self.revision.content | data["content"]
        )
        changed_files = self._changed_files(data["media"])
        return Difference(name, heading, self._changed_fields(before), changed_files)

    def _changed_fields(self, before: Page) -> list[Any]:
        classes = self._panel.get_comparison()
        comparisons = [compare(before, self.waiting_text) for compare in classes]
        return [comparison for comparison in comparisons if comparison.has_changed()]

    @cached_property
    def _media(self) -> set[str]:
        return media_digests(self.waiting_text)

    def _changed_files(self, before: list[str]) -> list[str]:
        """Return a sentence on each file that stands behind the same id but is another now."""
        then, now = _by_id(before), _by_id(self._media)
        changed = [key for key in now if key in then and now[key] != then[key]]
        message = _("“%(title)s”: another file or other words than before.")
        messages: list[str] = []
        for kind, model in (("image", get_image_model()), ("document", get_document_model())):
            ids = [key.split()[1] for key in changed if key.split()[0] == kind]
            titles = model.objects.filter(pk__in=ids).values_list("title", flat=True)
            messages += [message % {"title": title} for title in titles]
        return messages


def _by_id(media: Iterable[str]) -> dict[str, str]:
    """Return “image 12” → everything the digest knows of that file."""
    return {" ".join(line.split(" ", 2)[:2]): line for line in media}
