"""The content digest: what an approval is bound to, in place of a revision's id.

A revision id is no identity of content: an autosave rewrites the latest revision in place.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page, Revision

from core.media.references import documents_of, images_of
from core.publishing.content import BOOKKEEPING
from core.publishing.revision_repair import without_deleted_references


def content_digest(page: Page, revision: Revision, text: Page | None = None) -> str:
    """Return the SHA-256 (hex) of `canonical_text`.

    The same words below another school, or with another picture behind the same id, are
    other content.
    """
    return digest_of(canonical_text(page, revision, text))


def digest_of(text: str) -> str:
    """Return the SHA-256 (hex) of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical_text(page: Page, revision: Revision, text: Page | None = None) -> str:
    """Return a revision's content, the place of its page and the files it shows, as sorted JSON.

    A reference to what was deleted since is left out, as on the page: it is other content then.
    `text` is the revision as an object, for callers that have it already.
    """
    content = without_deleted_references(page.specific_class, revision.content)
    content = {key: value for key, value in content.items() if key not in BOOKKEEPING}
    # Texts were hashed with it before it became bookkeeping; digests on the record stay valid.
    content["expired"] = False
    canonical = {
        "content": content,
        "parent": page.path[: -page.steplen],
        "media": sorted(media_digests(text or revision.as_object())),
    }
    return json.dumps(canonical, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)


def media_digests(page: Page) -> set[str]:
    """Return one line for each image and document of `page`: its id, file hash and words."""
    return {file.digest_line() for file in (*images_of(page), *documents_of(page))}
