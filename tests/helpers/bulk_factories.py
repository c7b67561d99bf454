"""Hundreds of pages at once, to measure with: rows written straight into the tables.

Publishing pages one by one takes a minute for a few hundred. These have no revisions and no entry
in the record: read them, never edit them.
"""

import datetime
from collections.abc import Sequence
from itertools import cycle
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from core.media.rendition_sizes import SIZES
from core.models import BasePage, Image
from core.publishing.contexts import confirmed_change

FILTER_SPECS = {spec for size in SIZES.values() for spec in size.filters}


def bulk_create_pages(
    model: type[BasePage], parents: Sequence[Page], count: int, **fields: Any
) -> list:
    """`count` pages of `model`, live if no field says otherwise, below each of `parents` in turn.

    A field may be a function of the page's number (0, 1, …) and its parent.
    """
    content_type = ContentType.objects.get_for_model(model)
    newest = timezone.now()
    last_steps = {parent.pk: _last_step_below(parent) for parent in parents}
    pages = []
    for number, parent in zip(range(count), cycle(parents), strict=False):
        last_steps[parent.pk] += 1
        step = last_steps[parent.pk]
        slug = f"{model._meta.model_name}-{step}"
        defaults = {
            "title": f"{model._meta.verbose_name}{number}",
            "live": True,
            "first_published_at": newest - datetime.timedelta(hours=number),
        }
        values = {
            name: value(number, parent) if callable(value) else value
            for name, value in fields.items()
        }
        page = model(
            **defaults | values,
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, step),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            content_type=content_type,
            locale_id=parent.locale_id,
        )
        page.draft_title = page.title
        pages.append(page)
    _insert(pages)
    for parent_id, step in last_steps.items():
        Page.objects.filter(pk=parent_id).update(numchild=step)
    return pages


def bulk_create_images(count: int) -> list[Image]:
    """`count` images in every size, all with the same file, which does not exist."""
    images = Image.objects.bulk_create(
        Image(title=f"剪纸{number}", file="originals/none.png", width=1600, height=1000)
        for number in range(count)
    )
    rendition = Image.get_rendition_model()
    rendition.objects.bulk_create(
        rendition(
            image=image,
            filter_spec=spec,
            focal_point_key="",
            file="images/none.webp",
            width=400 + 400 * (number % 2),
            height=250,
        )
        for image in images
        for number, spec in enumerate(FILTER_SPECS)
    )
    return images


def _last_step_below(parent: Page) -> int:
    """The number of the last child of `parent`, so that no path is given twice."""
    last = Page.objects.child_of(parent).order_by("path").last()
    return int(last.path[-Page.steplen :], 36) if last else 0


def _insert(pages: list) -> None:
    """Insert the rows of `Page` at once, then those of the type itself."""
    shared = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    bases = Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in shared}) for page in pages
    )
    with confirmed_change():
        for page, base in zip(pages, bases, strict=True):
            page.page_ptr_id = page.pk = page.id = base.pk
            # Raw: the table of the type alone, without the guard, which asks who may publish.
            page.save_base(raw=True, force_insert=True)
