"""Keep the denormalised school of a page when its branch of the tree moves."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from schools.models import SchoolContent, school_of


@receiver(post_page_move)
def update_school(instance: Page, **kwargs: Any) -> None:
    """Set `school` on the moved page and on everything below it."""
    for page in instance.get_descendants(inclusive=True).specific():
        if isinstance(page, SchoolContent):
            type(page).objects.filter(pk=page.pk).update(school=school_of(page))
