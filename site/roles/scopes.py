"""Where a page belongs, and in which role somebody acts there."""

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from core.tree import home_pages, home_path
from roles.models import DECIDING_ROLE, Deputy, Level, Role, RoleGroup
from schools.models import SchoolPage


def scope_keys(page: Page) -> list:
    """Translation keys of `page` and everything above it: where roles for it may be held."""
    return list(page.get_ancestors(inclusive=True).values_list("translation_key", flat=True))


def workflow_states_of(pages):
    """The submissions, open or closed, of a queryset of pages."""
    keys = pages.annotate(key=Cast("pk", CharField(max_length=255)))
    return WorkflowState.objects.filter(object_id__in=keys.values("key"))


def district_key_of(page: Page):
    """The translation key of the HomePage above `page` (or of itself); None at the tree's root."""
    return (
        home_pages().filter(path=home_path(page)).values_list("translation_key", flat=True).first()
    )


def role_label(user, page: Page, level: str = "") -> str:
    """The role in which `user` acts on `page`, in words, as the record keeps it.

    At a level: the deciding role of that level, or that this is a deputy. Otherwise the roles
    held there, or empty.
    """
    if user is None:
        return ""
    keys = scope_keys(page)
    held = RoleGroup.objects.filter(group__user=user, scope_key__in=keys)
    if not level:
        return ", ".join(str(Role(role).label) for role in held.values_list("role", flat=True))[
            :200
        ]
    role = DECIDING_ROLE[Level(level)]
    label = str(Role(role).label)
    if held.filter(role=role).exists() or not deputies_today(level, keys).filter(user=user):
        return label
    return _("deputy of the %(role)s") % {"role": label}


def deputies_today(level: str, keys):
    """The deputies at `level` for one of these places whose days include today."""
    today = timezone.localdate()
    return Deputy.objects.filter(
        level=level, scope_key__in=keys, starts_on__lte=today, ends_on__gte=today
    )


def scope_title(key) -> str:
    """The name of the school or district with this translation key, in the first language."""
    titles = Page.objects.filter(translation_key=key).order_by("path")
    return titles.values_list("title", flat=True).first() or str(key)


def district_key_of_scope(key):
    """The translation key of the district to which the place with this translation key belongs."""
    page = Page.objects.filter(translation_key=key).order_by("path").first()
    return district_key_of(page) if page else None


def district_titles() -> dict:
    """Translation key → title of each district, in the first language."""
    homes = home_pages().order_by("-path")
    return dict(homes.values_list("translation_key", "title"))


def school_titles() -> dict:
    """Translation key → title of each school, in the first language, by name."""
    rows = SchoolPage.objects.order_by("-path").values_list("translation_key", "title")
    return dict(sorted(dict(rows).items(), key=lambda row: row[1]))
