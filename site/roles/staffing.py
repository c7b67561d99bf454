"""Where there are too few people to decide: fewer than two, and one absence stops everything."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from core.tree import HOME_DEPTH, home_pages
from roles.models import DECIDING_ROLE, Deputy, Level, LevelRule, RoleGroup
from schools.models import SchoolPage

ENOUGH = 2


@dataclass
class StaffedLevel:
    """One level at one place, and the ids of those who may decide there today."""

    level: str
    key: object
    title: str
    in_school: bool
    people: set[int] = field(default_factory=set)
    names: list[str] = field(default_factory=list)

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)


def shortages() -> list[StaffedLevel]:
    """The levels with fewer than two active people, deputies of today included.

    The district's own first, then the schools; three queries, however many schools.
    """
    districts, schools = _places()
    levels, held = _levels(), _held()
    found = []
    for path, (key, title) in districts.items():
        for level in Level.values:
            if level in levels(key, False) or (
                level != Level.SCHOOL and level in levels(key, True)
            ):
                found.append(StaffedLevel(level, key, title, False, held.get((level, key), set())))
        inside = [school for school in schools if school[0].startswith(path)]
        if Level.SCHOOL in levels(key, True):
            for _path, school_key, name in inside:
                # Who reviews for the whole district reviews for each of its schools.
                keys = ((Level.SCHOOL, school_key), (Level.SCHOOL, key))
                people = set().union(*(held.get(pair, set()) for pair in keys))
                found.append(StaffedLevel(str(Level.SCHOOL), school_key, name, True, people))
    short = [post for post in found if len(post.people) < ENOUGH]
    return sorted(short, key=lambda post: (post.in_school, len(post.people), post.title))


def with_names(posts) -> list[StaffedLevel]:
    """The posts with the names of their people; one query."""
    keys = set().union(*(post.people for post in posts))
    users = get_user_model().objects.in_bulk(keys)
    for post in posts:
        post.names = [str(users[key]) for key in sorted(post.people)]
    return list(posts)


def _places():
    """Districts by the path of their first language, and the schools below them."""
    rows = list(
        (home_pages() | Page.objects.filter(pk__in=SchoolPage.objects.values("pk")))
        .order_by("path")
        .values_list("path", "depth", "translation_key", "title")
    )
    districts, homes, schools = {}, {}, {}
    for path, depth, key, title in rows:
        if depth == HOME_DEPTH:
            homes.setdefault(key, path)
            if homes[key] == path:
                districts[path] = (key, title)
        else:
            schools.setdefault(key, (path, key, title))
    return districts, list(schools.values())


def _levels():
    """A function (district key, in a school) → the levels that some rule names there."""
    named: dict = {}
    for rule in LevelRule.objects.all():
        named.setdefault((rule.district_key, rule.in_school), set()).update(rule.levels)
    return lambda key, in_school: named.get((key, in_school), set())


def _held() -> dict:
    """(level, key of the place) → ids of the active people who hold it today."""
    today = timezone.localdate()
    levels = {str(role): str(level) for level, role in DECIDING_ROLE.items()}
    members = RoleGroup.objects.filter(role__in=levels, group__user__is_active=True)
    deputies = Deputy.objects.filter(
        starts_on__lte=today, ends_on__gte=today, user__is_active=True
    ).order_by()
    rows = members.values_list("role", "scope_key", "group__user").union(
        deputies.values_list("level", "scope_key", "user")
    )
    held: dict = {}
    for role, key, person in rows:
        held.setdefault((levels.get(role, role), key), set()).add(person)
    return held
