"""Opening a school, which alone creates a SchoolPage."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Collection, Page

from core.text.slugs import free_slug
from publication.initial_publication import Source, publish_initial
from roles.groups import OWN_FILES, SHARED_FILES, grant_files, role_group
from roles.models import Role
from schools.models import SchoolIndexPage, SchoolPage

# Part of a name in the database, so not translated.
SHARED_COLLECTION = "公用文件"


@transaction.atomic
def open_school(
    name: str,
    index: SchoolIndexPage,
    *,
    source: Source = Source.SYSTEM,
    at: datetime | None = None,
    **fields: Any,
) -> SchoolPage:
    """Open the school `name` below `index` and return its live page.

    Create the page, its collection, and the groups of its editors and reviewers with their
    permissions. Idempotent by name: a school that is open is completed, its text stays as it is.
    `fields` are fields of a new SchoolPage (`stage` at least).

    Raises:
        ValidationError: a field is invalid.
        Refused: see `publication.initial_publication.publish_initial`.
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
    _create_groups(school)
    return school


def _create_groups(school: SchoolPage) -> None:
    editors = role_group(Role.SCHOOL_EDITOR, school)
    reviewers = role_group(Role.SCHOOL_REVIEWER, school)
    grant_files(editors, school.collection, OWN_FILES)
    grant_files(reviewers, school.collection, SHARED_FILES)
    shared = shared_collection(school.get_parent().get_parent().specific)
    grant_files(editors, shared, SHARED_FILES)


def shared_collection(home: Page) -> Collection:
    """Return the district's own collection, from which every school may choose."""
    name = f"{home.title} · {SHARED_COLLECTION}"
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)
