"""What changed between two states of a page: Wagtail's own comparison, and exchanged files."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from audit.content_digest import media_digests
from audit.models import RecordedContent


@dataclass(frozen=True)
class Difference:
    """What a reviewer is told of one comparison; `missing` says why there is none."""

    name: str
    heading: str
    fields: list
    files: list[str]
    missing: str = ""

    @property
    def count(self) -> int:
        """How many fields and files differ."""
        return len(self.fields) + len(self.files)


class Versions:
    """The states of one page that can be compared; what is asked of the database is asked once."""

    def __init__(self, request, page, case):
        self.revision, self.page, self.now = case.revision, page, case.text
        self._panel = page.get_edit_handler().get_bound_panel(
            instance=page, request=request, form=None
        )
        self._media = None

    def with_live(self, name: str, heading: str) -> Difference:
        """How the waiting text differs from what readers see."""
        if not self.page.live:
            missing = _("There is no live version yet: everything is new.")
            return Difference(name, heading, [], [], missing)
        return Difference(name, heading, self._fields(self.page), [])

    def with_recorded(self, name: str, heading: str, digest: str) -> Difference:
        """How the waiting text differs from the content that the record keeps under `digest`."""
        kept = RecordedContent.objects.filter(pk=digest).first()
        if kept is None:
            return Difference(name, heading, [], [], _("That version was not kept on the record."))
        then = json.loads(kept.text)
        # The record keeps no bookkeeping; without it Wagtail makes no page of a content.
        before = self.revision.content_object.with_content_json(
            self.revision.content | then["content"]
        )
        return Difference(name, heading, self._fields(before), self._files(then["media"]))

    def _fields(self, before) -> list:
        compared = (compare(before, self.now) for compare in self._panel.get_comparison())
        return [field for field in compared if field.has_changed()]

    def _files(self, before: list[str]) -> list[str]:
        """Files that stand behind the same id but are no longer what they were."""
        if self._media is None:
            self._media = media_digests(self.now)
        then, now = _by_id(before), _by_id(self._media)
        changed = [key for key in now if key in then and now[key] != then[key]]
        found = []
        for kind, model in (("image", get_image_model()), ("document", get_document_model())):
            numbers = [key.split()[1] for key in changed if key.split()[0] == kind]
            titles = model.objects.filter(pk__in=numbers).values_list("title", flat=True)
            words = _("“%(title)s”: another file or other words than before.")
            found += [words % {"title": title} for title in titles]
        return found


def _by_id(media) -> dict[str, str]:
    """“image 12” → everything the digest knows of that file."""
    return {" ".join(line.split(" ", 2)[:2]): line for line in media}
