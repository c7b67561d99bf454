"""Where too few people can decide: with fewer than two, one absence stops everything."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth import get_user_model
from wagtail.models import Page

from core.tree import HOME_DEPTH
from roles.models import LEVEL_OF_ROLE, REVIEWING_ROLES, Level, LevelRule, Role
from roles.role_queries import role_assignments
from schools.models import SchoolPage

ENOUGH = 2


@dataclass
class StaffedLevel:
    """One level at one place, and the ids of those who may decide there today."""

    level: str
    key: UUID
    title: str
    in_school: bool
    people: set[int] = field(default_factory=set)
    # Who stands in at a school's level: the district's pool.
    pool: set[int] = field(default_factory=set)
    # Whether this is the pool itself.
    is_pool: bool = False
    names: list[str] = field(default_factory=list)

    @property
    def level_name(self) -> str:
        return str(Role.POOL_REVIEWER.label if self.is_pool else Level(self.level).label)

    @property
    def is_short(self) -> bool:
        """Whether one absence would stop it; a school needs one of its own, and a pool."""
        return not self.people or len(self.people | self.pool) < ENOUGH


@dataclass(frozen=True)
class Scope:
    """A school or district: its path and title in the first language, its translation key."""

    path: str
    key: UUID
    title: str


def shortages() -> list[StaffedLevel]:
    """Return the levels with fewer than two active people, deputies of today included.

    A school needs one of its own beside the district's pool. The district's own levels first, then
    the schools'; three queries, however many schools.
    """
    districts, schools = _scopes()
    levels, reviewers = _levels_of_rules(), _reviewers()
    staffed: list[StaffedLevel] = []
    for district in districts:
        of_district = levels.get((district.key, False), set())
        of_schools = levels.get((district.key, True), set())
        for level in Level.values:
            if level in of_district or (level != Level.SCHOOL and level in of_schools):
                people = reviewers.get((level, district.key), set())
                staffed.append(StaffedLevel(level, district.key, district.title, False, people))
        if Level.SCHOOL in of_schools:
            pool = reviewers.get((Role.POOL_REVIEWER, district.key), set())
            staffed.append(
                StaffedLevel(Level.SCHOOL, district.key, district.title, False, pool, is_pool=True)
            )
            # Who reviews for the whole district reviews for each of its schools.
            everywhere = reviewers.get((Level.SCHOOL, district.key), set())
            for school in schools:
                if school.path.startswith(district.path):
                    people = everywhere | reviewers.get((Level.SCHOOL, school.key), set())
                    staffed.append(
                        StaffedLevel(
                            str(Level.SCHOOL), school.key, school.title, True, people, pool
                        )
                    )
    short = [each for each in staffed if each.is_short]
    return sorted(short, key=lambda each: (each.in_school, len(each.people), each.title))


def with_names(staffed_levels: Iterable[StaffedLevel]) -> list[StaffedLevel]:
    """Return the levels with the names of their people; one query."""
    staffed = list(staffed_levels)
    users = get_user_model().objects.in_bulk(set().union(*(each.people for each in staffed)))
    for each in staffed:
        each.names = [str(users[pk]) for pk in sorted(each.people)]
    return staffed


def _scopes() -> tuple[list[Scope], list[Scope]]:
    """Return the districts and the schools, each in its first language, in tree order."""
    homes = Page.objects.filter(depth=HOME_DEPTH)
    schools = Page.objects.filter(pk__in=SchoolPage.objects.values("pk"))
    rows = (
        (homes | schools).order_by("path").values_list("path", "depth", "translation_key", "title")
    )
    first: dict[tuple[bool, UUID], Scope] = {}
    for path, depth, key, title in rows:
        first.setdefault((depth == HOME_DEPTH, key), Scope(path, key, title))
    districts = [scope for (is_home, _key), scope in first.items() if is_home]
    return districts, [scope for (is_home, _key), scope in first.items() if not is_home]


def _levels_of_rules() -> dict[tuple[UUID, bool], set[str]]:
    """Return (district key, in a school) → the levels that some rule names there."""
    levels: dict[tuple[UUID, bool], set[str]] = {}
    for rule in LevelRule.objects.all():
        levels.setdefault((rule.district_key, rule.in_school), set()).update(rule.levels)
    return levels


def _reviewers() -> dict[tuple[str, UUID], set[int]]:
    """Return (level or the pool's role, key of the place) → ids of the active people there."""
    reviewers: dict[tuple[str, UUID], set[int]] = {}
    for role, key, user_id in role_assignments():
        if role in REVIEWING_ROLES:
            reviewers.setdefault((LEVEL_OF_ROLE.get(role, role), key), set()).add(user_id)
    return reviewers
