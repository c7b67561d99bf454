"""What must be true of the public site at any moment, computed from the record alone.

*Nothing is public that did not pass every level its rule names, each by a different person, none
an author; at least two people always.*
"""

import hashlib

from django.contrib.auth import get_user_model
from wagtail.models import Page, Revision

from audit.content_digest import content_digest
from audit.models import RecordEntry
from core.models import Document, Image
from core.publishing.content import BOOKKEEPING, same_value
from roles import reviewers
from roles.level_rules import level_rule

Kind = RecordEntry.Kind
BECAME_PUBLIC = [Kind.INITIAL_PUBLICATION, Kind.PUBLICATION, Kind.SCHEDULE]
FRESH_STARTS = [Kind.RETURN, Kind.CORRECTION]
# Set by the system when a page becomes public or goes down, not written by people.
BY_THE_CLOCK = {"expired", "go_live_at", "expire_at"}


def everything_public_passed(pages=None) -> list[str]:
    """What is public against the rules, in words; empty if all is well.

    Args:
        pages: the pages to look at (a queryset); all live ones if not given.
    """
    pages = Page.objects.live().filter(depth__gt=1) if pages is None else pages.live()
    return [problem for page in pages.specific() for problem in problems_of(page)]


def problems_of(page) -> list[str]:
    """What stands against this live page being public as it is."""
    if page.live_revision is None:
        return [f"{page}: live without a revision"]
    entries = RecordEntry.objects.filter(page_id=page.pk)
    became = entries.filter(kind__in=BECAME_PUBLIC, revision_id=page.live_revision_id).last()
    if became is None:
        return [f"{page}: no entry says how revision {page.live_revision_id} became public"]
    found = []
    if became.digest != content_digest(page, page.live_revision):
        found.append(f"{page}: text, place or files are not those that were decided on")
    if shown_otherwise(page):
        found.append(f"{page}: the public text is not the one of its revision")
    if became.kind == Kind.INITIAL_PUBLICATION:
        return found + founding_problems(page, became)
    return found + approval_problems(page, became, entries)


def shown_otherwise(page) -> set[str]:
    """The fields in which the row that readers see differs from the revision that passed."""
    skipped = BOOKKEEPING | BY_THE_CLOCK
    shown = page.serializable_data()
    passed = page.live_revision.as_object().serializable_data()
    names = [name for name in shown if name not in skipped]
    return {name for name in names if not same_value(shown[name], passed[name])}


def founding_problems(page, entry) -> list[str]:
    """Only what nobody has written is founded."""
    written = Revision.objects.filter(pk__lte=entry.revision_id, object_id=str(page.pk))
    if written.exclude(user=None).exists():
        return [f"{page}: founded although somebody wrote it"]
    return []


def approval_problems(page, became, entries) -> list[str]:
    """Every level, by distinct people, none of them an author."""
    decided = RecordEntry.objects.filter(
        workflow_state_id=became.workflow_state_id, pk__lt=became.pk
    )
    begun = decided.filter(kind__in=FRESH_STARTS).last()
    approvals = decided.filter(
        kind=Kind.APPROVAL, digest=became.digest, pk__gt=begun.pk if begun else 0
    )
    people = dict(approvals.values_list("level", "user_id"))
    rule = level_rule(page)
    owed = rule.levels_for(became.urgent) if rule else []
    found = [f"{page}: level {level} did not approve" for level in owed if level not in people]
    if set(became.levels) != set(owed):
        found.append(f"{page}: published under {became.levels}, the rule names {owed}")
    who = [people[level] for level in owed if level in people]
    if len(set(who)) < max(2, len(owed)):
        found.append(f"{page}: {len(set(who))} people for {len(owed)} levels")
    if set(who) & authors_of(page, became, entries):
        found.append(f"{page}: approved by one of its authors")
    return found


def authors_of(page, became, entries) -> set[int]:
    """Everybody who saved a revision after the one that was public before."""
    before = entries.filter(kind__in=BECAME_PUBLIC, pk__lt=became.pk).last()
    revisions = Revision.objects.filter(object_id=str(page.pk), pk__lte=became.revision_id)
    revisions = revisions.filter(base_content_type__model="page").exclude(user=None)
    if before:
        revisions = revisions.filter(pk__gt=before.revision_id)
    return set(revisions.values_list("user_id", flat=True))


def approvals_by_strangers() -> list[str]:
    """Approvals of people who do not hold that level at that page (as roles stand now)."""
    found = []
    for entry in RecordEntry.objects.filter(kind=Kind.APPROVAL):
        page = Page.objects.filter(pk=entry.page_id).first()
        person = get_user_model().objects.filter(pk=entry.user_id).first()
        if page and person and not reviewers.is_reviewer(person, page, entry.level):
            found.append(f"{entry}: {person} is no reviewer of {entry.level}")
    return found


def files() -> dict[str, str]:
    """Every image and document with the hash of what lies in its file and of its words."""
    return {
        f"{model.__name__} {thing.pk}": hashlib.sha256(
            repr((_bytes(thing), thing.title, getattr(thing, "description", ""))).encode()
        ).hexdigest()
        for model in (Image, Document)
        for thing in model.objects.all()
    }


def _bytes(thing) -> bytes:
    with thing.file.storage.open(thing.file.name) as stored:
        return stored.read()
