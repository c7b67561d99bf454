"""Template tags of route pages: durations in words, and the timetable of a route."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.media.rendition_sizes import prefetch_renditions
from core.seals.drawing import Seal

if TYPE_CHECKING:
    from redstudy.models import RouteStop

register = template.Library()


class TimedStop(NamedTuple):
    """A stop with its number and times; minutes count from the meeting point."""

    stop: "RouteStop"
    number: int
    arrival: int
    onward: int | None


class Timetable(NamedTuple):
    """The stops in walking order, their minutes together, and the seal at the end."""

    stops: list[TimedStop]
    minutes: int
    seal: Seal


@register.filter
def stop_address(address: str, stop: TimedStop) -> str:
    """Return the address of a stop on the page of its route, for the code on the hand-out."""
    return f"{address}#stop-{stop.number}"


@register.filter
def duration(minutes: int | None) -> str:
    """Return minutes in words: 200 → "3 h 20 min"; "" for None."""
    if minutes is None:
        return ""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    if not rest:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.simple_tag
def timetable(stops: Iterable["RouteStop"]) -> Timetable:
    """Return when each of `stops` is reached; one query reads the pictures of all of them."""
    stops = list(stops)
    prefetch_related_objects(stops, prefetch_renditions("base__cover", "stop"))
    timed_stops, minutes = [], 0
    onwards = [*(stop.travel_minutes for stop in stops[1:]), None]
    for number, (stop, onward) in enumerate(zip(stops, onwards, strict=True), start=1):
        minutes += stop.travel_minutes
        timed_stops.append(TimedStop(stop, number, minutes, onward))
        minutes += stop.minutes
    return Timetable(timed_stops, minutes, Seal("研学", "round"))
