"""What one school keeps to itself, and the words by which a leak of it is recognised."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from brands.models import BrandPage
from core.models import Document, Image
from core.tests.factories import make_image
from feedback.models import ErrorReport
from feedback.tests.factories import make_report
from schools.models import SchoolPage
from tests.helpers.district import District, brand_draft, fresh, submit

# Stands in every title, so that a search for it matches everything private.
SEARCH_TERM = "quokka"
# Of what → a word that stands nowhere else.
UNIQUE_WORDS = {
    "title of a draft": "zebrafinch",
    "text of a draft": "kookaburra",
    "title of an image": "budgerigar",
    "title of a document": "cockatiel",
    "tag": "lorikeet",
}


@dataclass
class PrivateContent:
    """A school's own things: a draft, a page in review, an image, a document."""

    school: SchoolPage
    draft: BrandPage
    waiting: BrandPage
    image: Image
    document: Document
    translation: Translation
    report: ErrorReport
    unique_words: dict[str, str] = field(default_factory=dict)

    @property
    def page_ids(self) -> list[int]:
        """The primary keys of the pages."""
        return [self.draft.pk, self.waiting.pk]


def create_private_content(district: District) -> PrivateContent:
    """Create it in the first school; nobody outside that school may see any of it."""
    school, editor = district.schools[0], district.editor1
    image = make_image(
        400, 300, title=f"{SEARCH_TERM} budgerigar", collection=school.collection,
        uploaded_by_user=editor,
    )  # fmt: skip
    image.tags.add(f"{SEARCH_TERM} lorikeet")
    document = Document(title=f"{SEARCH_TERM} cockatiel", collection=school.collection)
    document.file = ContentFile(b"1,2", name="cockatiel.txt")
    document.uploaded_by_user = editor
    document.save()
    document.tags.add(f"{SEARCH_TERM} lorikeet")
    text = {"meaning": "<p>kookaburra</p>", "cover": image}
    draft = brand_draft(school, editor, title=f"{SEARCH_TERM} zebrafinch", **text)
    waiting = brand_draft(
        school, editor, title=f"{SEARCH_TERM} zebrafinch 2", kind="branch", slug="zebrafinch-2",
        **text,
    )  # fmt: skip
    submit(waiting, editor)
    file_names = {
        "file of an image": image.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        "file of a document": document.file.name,
    }
    return PrivateContent(
        fresh(school), fresh(draft), fresh(waiting), image, document, _translation_of(draft),
        make_report(district), UNIQUE_WORDS | file_names,
    )  # fmt: skip


def _translation_of(page: BrandPage) -> Translation:
    """A translation as the administrator could begin one, so that wagtail-localize has rows."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en"), enabled=False
    )


def words_shown(
    response: HttpResponse, content: PrivateContent, statuses: Container[int] = (200,)
) -> list[str]:
    """Of what a response shows the unique words, in its text or in the messages it leaves behind.

    The text counts only if its status is one of `statuses`.
    """
    text = ""
    if response.status_code in statuses:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode(errors="replace")
    storage = getattr(response.wsgi_request, "_messages", None)
    text += " ".join(str(message) for message in storage._queued_messages) if storage else ""
    text = text.lower()
    return [kind for kind, word in content.unique_words.items() if word.lower() in text]


def assert_closed(
    client: Client, content: PrivateContent, name: str, *args: Any, query: str = ""
) -> None:
    """The view answers, and shows nothing of the private content."""
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code in (200, 302, 403, 404), name
    assert not words_shown(response, content), f"{name}{args}{query}"
