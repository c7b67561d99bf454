"""Opening a school: the only way a SchoolPage comes into being."""

from django.db import transaction
from wagtail.models import Collection

from core.text.slugs import free_slug
from publication.initial_publication import Source, publish_initial
from roles.groups import OWN_FILES, SHARED_FILES, grant_files, role_group
from roles.models import Role
from schools.models import SchoolIndexPage, SchoolPage

# A name in the database is content: found again whatever language is active.
SHARED = "公用文件"


@transaction.atomic
def open_school(name: str, index: SchoolIndexPage, *, source=Source.SYSTEM, at=None, **fields):
    """Open the school `name` below `index`; returns its live SchoolPage.

    Makes the page, its collection, and the groups of its editors and reviewers with their rows.
    Idempotent by name: an opened school is completed, its text is left alone. `fields` are
    fields of SchoolPage for a new one (`stage` at least).

    Raises:
        ValidationError: a field is wrong.
        Refused: see `founding.found`.
    """
    school = SchoolPage.objects.child_of(index).filter(title=name).first()
    if school is None:
        school = SchoolPage(title=name, slug=free_slug(name, index), locale=index.locale, **fields)
        school.live = False
        index.add_child(instance=school)
    if school.collection is None:
        school.collection = Collection.get_first_root_node().add_child(name=name)
        school.save(update_fields=["collection"])
    if not school.live and school.first_published_at is None:
        school.full_clean()
        school = publish_initial(school, source, at=at)
    _open_groups(school)
    return school


def _open_groups(school: SchoolPage) -> None:
    editors = role_group(Role.SCHOOL_EDITOR, school)
    reviewers = role_group(Role.SCHOOL_REVIEWER, school)
    grant_files(editors, school.collection, OWN_FILES)
    grant_files(reviewers, school.collection, SHARED_FILES)
    shared = shared_collection(school.get_parent().get_parent().specific)
    grant_files(editors, shared, SHARED_FILES)


def shared_collection(home) -> Collection:
    """The district's own collection, from which every school may choose."""
    name = f"{home.title} · {SHARED}"
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
