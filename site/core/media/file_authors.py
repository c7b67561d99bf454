"""Who made a file that texts show: rows that outlive the account and the file.

Whoever uploaded, replaced or described an image or document has words or files in every text that
shows it, until it has been public in that form once by others' decision.
"""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.media.references import documents_of, images_of
from core.requests import acting_user

if TYPE_CHECKING:
    from core.media.reviewed_files import ReviewedFileModel


class FileAuthor(models.Model):
    """Somebody gave a file the form (bytes and description) that it had from then on."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    # SHA-256 of the line by which the content digest names the file; empty: not known.
    form = models.CharField(max_length=64, blank=True)
    user_id = models.BigIntegerField(_("person"))
    user_name = models.CharField(_("person's name"), max_length=200)
    at = models.DateTimeField(_("time"), default=timezone.now)
    # When a text that shows the file in a form from then on became public by others' decision.
    public_at = models.DateTimeField(_("public since"), null=True)

    class Meta:
        verbose_name = _("author of a file")
        verbose_name_plural = _("authors of files")
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.content_type_id} {self.object_id}"


def form_of(line: str) -> str:
    """Return the form of a file that the content digest names by `line`."""
    return hashlib.sha256(line.encode()).hexdigest()


def record_file_author(file: "ReviewedFileModel", created: bool) -> None:
    """Note who works in the admin, else who uploads it, as an author of `file` as it is now.

    What the system itself makes has no author.
    """
    user = acting_user() or (file.uploaded_by_user if created else None)
    if user is None:
        return
    content_type = ContentType.objects.get_for_model(type(file))
    form = form_of(file.digest_line())
    rows = FileAuthor.objects.filter(content_type=content_type, object_id=str(file.pk))
    last = rows.order_by("pk").last()
    # Another collection, or consent that has been given, is no other form.
    if last is None or last.form != form:
        FileAuthor.objects.create(
            content_type=content_type,
            object_id=str(file.pk),
            form=form,
            user_id=user.pk,
            user_name=str(user),
        )


def file_author_ids(page: Page) -> set[int]:
    """Return the ids of the authors of the files that `page` (a text) shows; three queries.

    A file that was public once, as it is now, has none.
    """
    files = _files_of(page)
    rows_of: dict[tuple[int, str], list[FileAuthor]] = {}
    for row in _rows_of(files):
        rows_of.setdefault((row.content_type_id, row.object_id), []).append(row)
    authors: set[int] = set()
    for key, file in files.items():
        if key in rows_of:
            authors |= _authors_of_form(rows_of[key], form_of(file.digest_line()))
    return authors


def _authors_of_form(rows: Iterable[FileAuthor], form: str) -> set[int]:
    rows = list(rows)
    if any(row.form == form and row.public_at for row in rows):
        return set()
    return {row.user_id for row in rows if row.public_at is None}


def note_public_files(page: Page) -> None:
    """Note that the files of `page` became public, as they are now, by others' decision.

    Forms that no text showed stay unpublished, and their authors barred.
    """
    files = _files_of(page)
    forms = {key: form_of(file.digest_line()) for key, file in files.items()}
    pending = [
        row.pk
        for row in _rows_of(files)
        if row.public_at is None and row.form in ("", forms[row.content_type_id, row.object_id])
    ]
    FileAuthor.objects.filter(pk__in=pending).update(public_at=timezone.now())


def _files_of(page: Page) -> dict[tuple[int, str], Any]:
    """Return (id of the content type, key as text) → the images and documents of `page`."""
    return {
        (ContentType.objects.get_for_model(type(file)).pk, str(file.pk)): file
        for file in (*images_of(page), *documents_of(page))
    }


def _rows_of(files: Iterable[tuple[int, str]]) -> list[FileAuthor]:
    keys: dict[int, list[str]] = {}
    for content_type_id, key in files:
        keys.setdefault(content_type_id, []).append(key)
    condition = Q(pk__in=[])
    for content_type_id, object_ids in keys.items():
        condition |= Q(content_type_id=content_type_id, object_id__in=object_ids)
    return list(FileAuthor.objects.filter(condition).order_by("pk")) if keys else []
