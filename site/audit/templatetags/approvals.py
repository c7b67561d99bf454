"""What readers are told of the review (审核) of the text they read."""

from django import template
from django.template import Context

from audit.models import RecordEntry
from audit.record import valid_approvals
from roles.models import DECIDING_ROLE, Level, ReviewSettings
from roles.review_settings import review_settings_of

register = template.Library()
PUBLICATION = RecordEntry.Kind.PUBLICATION


@register.simple_tag(takes_context=True)
def reviewers(context: Context) -> list[str]:
    """Return the roles or names of those who approved the public text, in order of their levels.

    Nothing for previews, and for pages of an initial publication, which nobody reviewed. Two
    queries.
    """
    page, request = context.get("page"), context.get("request")
    revision_id = getattr(page, "live_revision_id", None)
    if page is None or revision_id is None or not page.live:
        return []
    if getattr(request, "is_preview", False):
        return []
    approvals = approvals_of(page.pk, revision_id)
    if not approvals:
        return []
    settings = review_settings_of(approvals[0].district_key)
    if settings.public_line == ReviewSettings.PublicLine.NAMES:
        return [approval.user_name for approval in approvals]
    return [str(DECIDING_ROLE[Level(approval.level)].label) for approval in approvals]


def approvals_of(page_id: int, revision_id: int) -> list[RecordEntry]:
    """Return the approvals by which this revision became public, in order of their levels."""
    published = RecordEntry.objects.filter(
        kind=PUBLICATION, page_id=page_id, revision_id=revision_id
    )
    entries = list(
        RecordEntry.objects.filter(
            workflow_state_id=published.order_by("-pk").values("workflow_state_id")[:1]
        ).defer("opinion")
    )
    publication = next((entry for entry in reversed(entries) if entry.kind == PUBLICATION), None)
    if publication is None:
        return []
    before = [entry for entry in entries if entry.pk < publication.pk]
    approval_of = valid_approvals(before, publication.digest)
    in_force = [level for level in Level.values if level in publication.levels]
    return [approval_of[level] for level in in_force if level in approval_of]
