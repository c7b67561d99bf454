"""What is public: each page is what the record says became public, by the rules of its time."""

from collections.abc import Callable, Collection, Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from audit.content_digest import canonical_text, digest_of
from audit.models import RecordEntry
from audit.record import TAKEN_DOWN, WENT_PUBLIC, valid_approvals
from audit.rule_versions import RuleHistory, rule_history
from audit.verification.authors import approval_moment, author_ids_of
from audit.verification.chain import CHUNK
from audit.verification.problems import Problem
from audit.verification.role_history import RoleHistory
from core.publishing.content import BOOKKEEPING, same_value
from core.tree import below_root
from roles.scopes import scope_keys

Kind = RecordEntry.Kind
# What a schedule writes into a public page without anybody deciding.
SCHEDULE_FIELDS = {"go_live_at", "expire_at", "expired"}


def public_problems(progress: Callable[[str], None]) -> Iterator[Problem]:
    """Yield public pages without approvals or initial publication, or with another text."""
    keys = list(
        Page.objects.live().filter(below_root()).order_by("pk").values_list("pk", flat=True)
    )
    history, roles = rule_history(), RoleHistory()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        entries = _entries_by_page(chunk)
        pages = Page.objects.filter(pk__in=chunk).specific()
        revisions = Revision.objects.in_bulk([page.live_revision_id for page in pages])
        for page in pages:
            revision = revisions.get(page.live_revision_id)
            for error in _publication_errors(page, revision, entries[page.pk], history, roles):
                yield Problem(f"{page.url_path}: {error}", page_id=page.pk)
        progress(f"{min(start + CHUNK, len(keys))}/{len(keys)}")


def _entries_by_page(keys: Collection[int]) -> dict[int, list[RecordEntry]]:
    entries: dict[int, list[RecordEntry]] = {key: [] for key in keys}
    for entry in RecordEntry.objects.filter(page_id__in=keys).order_by("pk"):
        assert entry.page_id is not None
        entries[entry.page_id].append(entry)
    return entries


def _publication_errors(
    page: Page,
    revision: Revision | None,
    entries: list[RecordEntry],
    history: RuleHistory,
    roles: RoleHistory,
) -> list[str]:
    """Return why this page may not be public as it is."""
    if revision is None:
        return [_("public without a version that was decided on")]
    decided = revision.as_object()
    if _shows_another_text(page, decided):
        return [_("the public text is not the one of its version")]
    turns = [entry for entry in entries if entry.kind in WENT_PUBLIC + TAKEN_DOWN]
    last = turns[-1] if turns else None
    if last is None or last.kind in TAKEN_DOWN or last.revision_id != revision.pk:
        return [_("no entry says how it became public")]
    if last.digest != digest_of(canonical_text(page, revision, decided)):
        return [_("text, place or files are not those that were decided on")]
    if last.kind == Kind.INITIAL_PUBLICATION:
        return []
    return [
        *_rule_errors(page, last, entries, history),
        *_approval_errors(page, last, entries, roles),
    ]


def _rule_errors(
    page: Page, publication: RecordEntry, entries: list[RecordEntry], history: RuleHistory
) -> list[str]:
    """Return an error if the publication names other levels than the rule of its time.

    What was scheduled is judged by the rule in force when it was approved.
    """
    decided = approval_moment(publication, entries)
    kind = page.specific_class._meta.model_name
    rule = history.version_at(decided.pk, decided.district_key, bool(decided.school), kind)
    if rule is None:
        return [_("no entry says which rule was in force")]
    named = decided.detail.get("rule", rule.entry_id)
    if named != rule.entry_id or rule.levels_for(decided.urgent) != list(decided.levels):
        return [_("it was published by another rule than the one in force")]
    return []


def _approval_errors(
    page: Page, publication: RecordEntry, entries: list[RecordEntry], roles: RoleHistory
) -> list[str]:
    """Return why the approvals before `publication` do not allow it.

    Each level in force must have approved exactly this, by different people, in one submission.
    """
    submission = [
        entry
        for entry in entries
        if entry.workflow_state_id == publication.workflow_state_id and entry.pk < publication.pk
    ]
    approval_of = valid_approvals(submission, publication.digest)
    reviewers = [
        approval_of[level].user_id if level in approval_of else None for level in publication.levels
    ]
    if len(reviewers) < 2 or None in reviewers:
        return [_("a level in force has not approved it")]
    if len(set(reviewers)) < len(reviewers):
        return [_("one person approved it at two levels")]
    authors = author_ids_of(publication, entries) | set(publication.detail.get("authors", []))
    if authors & set(reviewers):
        return [_("an author approved it")]
    keys = set(map(str, scope_keys(page)))
    approvals = [approval_of[level] for level in publication.levels]
    if not all(roles.held_level(approval, keys) for approval in approvals):
        return [_("somebody approved it who did not hold the level")]
    return []


def _shows_another_text(page: Page, decided: Page) -> bool:
    """Return whether the rows that readers see differ from the version that was decided on."""
    public_values, decided_values = page.serializable_data(), decided.serializable_data()
    names = [name for name in public_values if name not in BOOKKEEPING | SCHEDULE_FIELDS]
    return not all(same_value(public_values[name], decided_values[name]) for name in names)
