"""What the pages of routes need: durations in words, and the timetable of a route."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.media.rendition_sizes import prefetch_renditions
from core.seals.drawing import Seal

register = template.Library()


class Halt(NamedTuple):
    """A stop in its place on the way; minutes count from the meeting point."""

    stop: object
    number: int
    arrival: int
    onward: int | None


class Timetable(NamedTuple):
    """The halts in walking order, what they take together, and the stamp at the end."""

    halts: list[Halt]
    minutes: int
    seal: Seal


@register.filter
def stop_address(address: str, halt: Halt) -> str:
    """Where the stop stands on the page of its route, for the code on the hand-out."""
    return f"{address}#stop-{halt.number}"


@register.filter
def duration(minutes: int | None) -> str:
    """200 → "3 h 20 min"; nothing without minutes."""
    if minutes is None:
        return ""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    if not rest:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.simple_tag
def timetable(stops: Iterable) -> Timetable:
    """When each of `stops` is reached, with the pictures of all of them by one query."""
    stops = list(stops)
    prefetch_related_objects(stops, prefetch_renditions("base__cover", "stop"))
    halts, clock = [], 0
    onwards = [stop.travel_minutes for stop in stops[1:]] + [None]
    for number, (stop, onward) in enumerate(zip(stops, onwards, strict=True), start=1):
        clock += stop.travel_minutes
        halts.append(Halt(stop, number, clock, onward))
        clock += stop.minutes
    return Timetable(halts, clock, Seal("研学", "round"))
