"""What readers are told of the review (审核) of the text they read."""

from django import template

from audit.models import RecordEntry
from audit.record import counting_approvals
from roles.models import DECIDING_ROLE, Level, ReviewSettings, Role
from roles.review_settings import review_settings_of

register = template.Library()
PUBLICATION = RecordEntry.Kind.PUBLICATION


@register.simple_tag(takes_context=True)
def reviewers(context) -> list[str]:
    """The roles or names of those who approved the text that is public, in their order.

    Nothing for founded pages and samples, which nobody reviewed, and for previews. Two queries.
    """
    page, request = context.get("page"), context.get("request")
    revision_id = getattr(page, "live_revision_id", None)
    if not revision_id or not page.live or getattr(request, "is_preview", False):
        return []
    entries = approvals_of(page.pk, revision_id)
    if not entries:
        return []
    practice = review_settings_of(entries[0].district_key)
    if practice.public_line == ReviewSettings.PublicLine.NAMES:
        return [entry.user_name for entry in entries]
    return [str(Role(DECIDING_ROLE[Level(entry.level)]).label) for entry in entries]


def approvals_of(page_id: int, revision_id: int) -> list[RecordEntry]:
    """The approvals by which this revision became public, one per level, in their order."""
    published = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.PUBLICATION, page_id=page_id, revision_id=revision_id
    )
    entries = list(
        RecordEntry.objects.filter(
            workflow_state_id=published.order_by("-pk").values("workflow_state_id")[:1]
        ).defer("opinion")
    )
    last = next((entry for entry in reversed(entries) if entry.kind == PUBLICATION), None)
    if last is None:
        return []
    approved = counting_approvals([entry for entry in entries if entry.pk < last.pk], last.digest)
    return [approved[level] for level in Level.values if level in approved and level in last.levels]
