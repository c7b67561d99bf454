"""Hundreds of pages in a moment, to measure with: rows straight into the tables.

Real pages are founded one by one, which takes a minute for a few hundred. These have no
revisions and no entry in the record: read them, never edit them.
"""

import datetime
from itertools import cycle

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from core.media.rendition_sizes import SIZES
from core.models import Image
from core.publishing.contexts import confirmed_change

SPECS = {spec for size in SIZES.values() for spec in size.filters}


def crowd(model, parents, count: int, **fields) -> list:
    """`count` pages of `model`, live if no field says otherwise, below each of `parents` in turn.

    A field may be a function of the page's number (0, 1, …) and its parent.
    """
    kind = ContentType.objects.get_for_model(model)
    newest = timezone.now()
    places = zip(range(count), cycle(parents), strict=False)
    steps = {parent.pk: _children_of(parent) for parent in parents}
    pages = []
    for number, parent in places:
        steps[parent.pk] += 1
        own = {
            name: value(number, parent) if callable(value) else value
            for name, value in fields.items()
        }
        slug = f"{model._meta.model_name}-{steps[parent.pk]}"
        given = {
            "title": f"{model._meta.verbose_name}{number}",
            "live": True,
            "first_published_at": newest - datetime.timedelta(hours=number),
        }
        page = model(
            **given | own,
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, steps[parent.pk]),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            content_type=kind,
            locale_id=parent.locale_id,
        )
        page.draft_title = page.title
        pages.append(page)
    _insert(pages)
    for parent_id, step in steps.items():
        Page.objects.filter(pk=parent_id).update(numchild=step)
    return pages


def pictures(count: int) -> list[Image]:
    """`count` pictures in every size, all with the same file, which does not exist."""
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
        for number, spec in enumerate(SPECS)
    )
    return images


def _children_of(parent) -> int:
    """The last step taken below `parent`, so that no path is taken twice."""
    last = Page.objects.child_of(parent).order_by("path").last()
    return int(last.path[-Page.steplen :], 36) if last else 0


def _insert(pages: list) -> None:
    """The rows of `Page` at once, then those of the type itself."""
    shared = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    bases = Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in shared}) for page in pages
    )
    with confirmed_change():
        for page, base in zip(pages, bases, strict=True):
            page.page_ptr_id = page.pk = page.id = base.pk
            # Raw: the table of the type alone, without the guard, which asks who may publish.
            page.save_base(raw=True, force_insert=True)
