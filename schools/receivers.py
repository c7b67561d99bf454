"""Keeps the denormalised school of a page true when its branch of the tree moves."""

from django.dispatch import receiver
from wagtail.signals import post_page_move

from schools.models import SchoolContent, school_of


@receiver(post_page_move)
def follow_move(instance, **kwargs):
    """Rewrite `school` on the moved page and everything below it."""
    for page in instance.get_descendants(inclusive=True).specific():
        if isinstance(page, SchoolContent):
            type(page).objects.filter(pk=page.pk).update(school=school_of(page))
