"""What must be true of the public site at any moment, computed from the record alone.

*Nothing is public that did not pass every level its rule names, each by a different person, none
an author; at least two people always.*
"""

import hashlib

from django.contrib.auth import get_user_model
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet

from audit.content_digest import content_digest
from audit.models import RecordEntry
from core.models import BasePage, Document, Image
from core.publishing.content import BOOKKEEPING, same_value
from roles import reviewers
from roles.level_rules import level_rule

Kind = RecordEntry.Kind
PUBLISHING_KINDS = [Kind.INITIAL_PUBLICATION, Kind.PUBLICATION, Kind.SCHEDULE]
RESTARTING_KINDS = [Kind.RETURN, Kind.CORRECTION]
# Set by the system when a page becomes public or is taken down, not written by people.
SET_BY_SYSTEM = {"expired", "go_live_at", "expire_at"}


def publication_errors(pages: PageQuerySet | None = None) -> list[str]:
    """What is public against the rules; empty if all is well.

    Args:
        pages: the pages to examine; all live ones if not given.
    """
    pages = Page.objects.live().filter(depth__gt=1) if pages is None else pages.live()
    return [error for page in pages.specific() for error in page_errors(page)]


def page_errors(page: BasePage) -> list[str]:
    """Why this live page may not be public as it is."""
    if page.live_revision is None:
        return [f"{page}: live without a revision"]
    entries = RecordEntry.objects.filter(page_id=page.pk)
    published = entries.filter(kind__in=PUBLISHING_KINDS, revision_id=page.live_revision_id).last()
    if published is None:
        return [f"{page}: no entry says how revision {page.live_revision_id} became public"]
    errors = []
    if published.digest != content_digest(page, page.live_revision):
        errors.append(f"{page}: text, place or files are not those that were decided on")
    if differing_fields(page):
        errors.append(f"{page}: the public text is not the one of its revision")
    if published.kind == Kind.INITIAL_PUBLICATION:
        return errors + initial_publication_errors(page, published)
    return errors + approval_errors(page, published)


def differing_fields(page: BasePage) -> set[str]:
    """The fields in which the row that readers see differs from the revision that passed."""
    skipped = BOOKKEEPING | SET_BY_SYSTEM
    shown = page.serializable_data()
    passed = page.live_revision.as_object().serializable_data()
    names = [name for name in shown if name not in skipped]
    return {name for name in names if not same_value(shown[name], passed[name])}


def initial_publication_errors(page: BasePage, published: RecordEntry) -> list[str]:
    """An initial publication is only for what nobody has written."""
    revisions = Revision.objects.filter(pk__lte=published.revision_id, object_id=str(page.pk))
    if revisions.exclude(user=None).exists():
        return [f"{page}: published without review although somebody wrote it"]
    return []


def approval_errors(page: BasePage, published: RecordEntry) -> list[str]:
    """Every level must have approved, by distinct people, none of them an author."""
    earlier = RecordEntry.objects.filter(
        workflow_state_id=published.workflow_state_id, pk__lt=published.pk
    )
    restart = earlier.filter(kind__in=RESTARTING_KINDS).last()
    approvals = earlier.filter(
        kind=Kind.APPROVAL, digest=published.digest, pk__gt=restart.pk if restart else 0
    )
    approvers = dict(approvals.values_list("level", "user_id"))
    rule = level_rule(page)
    required = rule.levels_for(published.urgent) if rule else []
    errors = [
        f"{page}: level {level} did not approve" for level in required if level not in approvers
    ]
    if set(published.levels) != set(required):
        errors.append(f"{page}: published under {published.levels}, the rule names {required}")
    deciders = {approvers[level] for level in required if level in approvers}
    if len(deciders) < max(2, len(required)):
        errors.append(f"{page}: {len(deciders)} people for {len(required)} levels")
    if deciders & author_ids(page, published):
        errors.append(f"{page}: approved by one of its authors")
    return errors


def author_ids(page: BasePage, published: RecordEntry) -> set[int]:
    """Everybody who saved a revision after the one that was public before."""
    entries = RecordEntry.objects.filter(page_id=page.pk, kind__in=PUBLISHING_KINDS)
    previous = entries.filter(pk__lt=published.pk).last()
    revisions = Revision.objects.filter(object_id=str(page.pk), pk__lte=published.revision_id)
    revisions = revisions.filter(base_content_type__model="page").exclude(user=None)
    if previous:
        revisions = revisions.filter(pk__gt=previous.revision_id)
    return set(revisions.values_list("user_id", flat=True))


def unauthorised_approvals() -> list[str]:
    """Approvals of people who do not hold that level at that page (as roles are now)."""
    errors = []
    for entry in RecordEntry.objects.filter(kind=Kind.APPROVAL):
        page = Page.objects.filter(pk=entry.page_id).first()
        user = get_user_model().objects.filter(pk=entry.user_id).first()
        if page and user and not reviewers.is_reviewer(user, page, entry.level):
            errors.append(f"{entry}: {user} is no reviewer of {entry.level}")
    return errors


def file_hashes() -> dict[str, str]:
    """Every image and document with a hash of its file and its texts."""
    return {
        f"{model.__name__} {file.pk}": hashlib.sha256(
            repr((_content_of(file), file.title, getattr(file, "description", ""))).encode()
        ).hexdigest()
        for model in (Image, Document)
        for file in model.objects.all()
    }


def _content_of(file: Image | Document) -> bytes:
    with file.file.storage.open(file.file.name) as stored:
        return stored.read()
