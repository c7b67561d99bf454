"""Who reads which part of the record: districts by their key, schools by where their pages lie.

Asked of the record's own rows, so that a deleted page, account or submission takes nothing away.
"""

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from audit.models import RecordEntry
from core.tree import HOME_DEPTH
from roles.models import DECIDING_ROLE, Level
from roles.role_queries import levels_held_by, scope_keys_held_by


def may_read_record(user) -> bool:
    """Whether somebody has a part of the record to read: who holds a level, and superusers.

    Asked for the menu of every screen, so without the places of the levels.
    """
    return user.is_superuser or bool(scope_keys_held_by(user, *DECIDING_ROLE.values()))


def entries_visible_to(user):
    """The entries that `user` may read, oldest first."""
    if user.is_superuser and user.is_active:
        return RecordEntry.objects.all()
    levels = levels_held_by(user)
    places = {place.path: place for place in Page.objects.filter(path__in={p for _l, p in levels})}
    mine = Q(pk__in=[])
    for level, path in levels:
        place = places[path]
        if level != Level.SCHOOL and place.depth == HOME_DEPTH:
            mine |= Q(district_key=place.translation_key)
        else:
            mine |= _below(place)
    return RecordEntry.objects.filter(mine)


def _below(place: Page) -> Q:
    """Entries about pages that lie here now or, once deleted, lay here when they were written.

    An address that a school gave up may be another's today: it counts only for pages that are gone.
    """
    here = Page.objects.filter(path__startswith=place.path)
    gone = ~Exists(Page.objects.filter(pk=OuterRef("page_id")))
    return Q(page_id__in=here.values("pk")) | (Q(page_path__startswith=place.url_path) & gone)
