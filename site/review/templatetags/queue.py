"""Small helpers of the desk's templates."""

from django import template

register = template.Library()


@register.filter
def at(table: dict, name: str):
    """The value under `name`."""
    return table.get(name, "")
