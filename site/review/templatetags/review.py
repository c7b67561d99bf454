"""What the screens of review ask about a person."""

from django import template

from review.domain import urgency

register = template.Library()


@register.filter
def may_mark_urgent(user, page) -> bool:
    """Whether this person of the committee may mark items of this page urgent."""
    return urgency.may_mark_urgent(user, page)
