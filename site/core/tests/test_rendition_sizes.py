"""The sizes of pictures: formats, dimensions, focal point, number of queries."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.template import Context, Template
from PIL import Image as Pillow
from wagtail.images.models import AbstractImage, Filter

from core.media import rendition_sizes
from core.media.image_processing import AVIF_SPEED
from core.models import Image
from core.tests.factories import make_image
from tests.helpers.content import BrandPage, publish_brand


@pytest.fixture(autouse=True)
def no_remembered_renditions():
    """Wagtail remembers renditions in the cache, by keys that the next test uses again."""
    cache.clear()


def render(image, arguments: str) -> str:
    template = Template("{% load yipin %}{% picture image " + arguments + " %}")
    return template.render(Context({"image": image})).strip()


def stored(picture, name: str, **fields) -> Image:
    buffer = BytesIO()
    picture.save(buffer, Pillow.registered_extensions()[f".{name.split('.')[1]}"])
    file = ContentFile(buffer.getvalue(), name=name)
    return Image.objects.create(title="图", description="图", file=file, **fields)


def test_a_picture_has_formats_source_sets_and_dimensions(db):
    html = render(make_image(), '"stop"')
    assert html.index('type="image/avif"') < html.index('type="image/webp"')
    assert html.count('sizes="') == 2
    for width in (216, 400, 800):
        assert html.count(f" {width}w") == 2
    assert 'width="400"' in html
    assert 'height="250"' in html


def test_a_small_picture_is_not_enlarged_and_named_once(db):
    source = rendition_sizes.picture_source(make_image(150, 100), "stop")
    assert source.width <= 150
    assert [(each.srcset.count("/media"), each.sizes) for each in source.source_sets] == [
        (1, "")
    ] * 2


@pytest.mark.parametrize(
    ("name", "mode", "plain"),
    [("x.png", "RGBA", "PNG"), ("x.png", "P", "PNG"), ("x.png", "LA", "PNG"),
     ("x.jpg", "RGB", "JPEG"), ("x.jpg", "L", "JPEG"), ("x.webp", "RGBA", "JPEG")],
)  # fmt: skip
def test_every_kind_of_picture_comes_in_every_format(db, name, mode, plain):
    image = stored(Pillow.new(mode, (900, 600)), name)
    renditions = rendition_sizes.get_renditions(
        image, rendition_sizes.SIZES["text"].filters_of(image)
    )
    opened = [
        rendition.file.open() and Pillow.open(rendition.file) for rendition in renditions.values()
    ]
    assert {picture.format for picture in opened} == {"AVIF", "WEBP", plain}
    see_through = {picture.format for picture in opened if picture.mode == "RGBA"}
    assert ("AVIF" in see_through) is (mode in ("RGBA", "LA"))
    assert "JPEG" not in see_through


def test_avif_is_encoded_at_the_fast_setting(db, monkeypatch):
    speeds = []
    save = Pillow.Image.save
    monkeypatch.setattr(
        Pillow.Image,
        "save",
        lambda self, *args, **options: (
            speeds.append(options.get("speed")) or save(self, *args, **options)
        ),
    )
    make_image().get_rendition("fill-80x50|format-avif")
    assert speeds[-1] == AVIF_SPEED


@pytest.mark.parametrize(("x", "colour"), [(1550, "blue"), (50, "red")])
def test_the_focal_point_is_kept_in_every_format(db, x, colour):
    wide = Pillow.new("RGB", (1600, 400), "red")
    wide.paste("blue", (800, 0, 1600, 400))
    focus = {"focal_point_x": x, "focal_point_y": 200}
    image = stored(wide, "x.jpg", **focus, focal_point_width=80, focal_point_height=80)
    for rendition in rendition_sizes.get_renditions(
        image, rendition_sizes.SIZES["cover"].filters_of(image)
    ).values():
        with rendition.file.open() as file:
            red, _green, blue = Pillow.open(file).convert("RGB").resize((1, 1)).getpixel((0, 0))
        assert (blue > red) is (colour == "blue"), rendition.filter_spec


def test_a_moved_focal_point_gives_a_new_rendition(db):
    image = make_image(1600, 400)
    before = rendition_sizes.picture_source(image, "cover").src
    Image.objects.filter(pk=image.pk).update(
        focal_point_x=1500, focal_point_y=200, focal_point_width=80, focal_point_height=80
    )
    assert rendition_sizes.picture_source(Image.objects.get(pk=image.pk), "cover").src != before


def test_two_processes_making_a_rendition_leave_one_file(db, monkeypatch):
    image = make_image()
    filters = [Filter(spec) for spec in rendition_sizes.SIZES["stop"].filters_of(image)]
    make = AbstractImage.create_renditions

    def make_twice(self, *wanted):
        overtaken = make(self, *wanted)
        image.renditions.all().delete()
        make(image, *wanted)
        return overtaken

    monkeypatch.setattr(AbstractImage, "create_renditions", make_twice)
    renditions = image.create_renditions(*filters)
    stored_names = set(image.renditions.values_list("file", flat=True))
    assert {rendition.file.name for rendition in renditions.values()} == stored_names


def test_renditions_missing_from_a_prefetch_are_read_not_made_again(
    school, django_assert_num_queries
):
    publish_brand(school, cover=make_image())
    rendition_sizes.picture_source(BrandPage.objects.get().cover, "lead")
    rows = rendition_sizes.with_renditions(BrandPage.objects.all(), "cover", "stop")
    cover = rows.get().cover
    with django_assert_num_queries(1):
        rendition_sizes.picture_source(cover, "lead")


def test_alt_text_comes_from_the_picture(db):
    assert 'alt="一张红纸"' in render(make_image(), '"stop"')


def test_a_decorative_picture_has_an_empty_alt_text(db):
    assert 'alt=""' in render(make_image(description="", is_decorative=True), '"stop"')


@pytest.mark.parametrize("alt", ["", "校门"])
def test_a_template_may_set_another_alt_text(db, alt):
    assert f'alt="{alt}"' in render(make_image(), f'"stop" alt="{alt}"')


def test_lazy_unless_above_the_fold(db):
    image = make_image()
    assert 'loading="lazy"' in render(image, '"stop"')
    assert "loading" not in render(image, '"stop" lazy=False')


def test_without_an_image_there_is_no_picture(db):
    assert render(None, '"stop"') == ""


def test_pictures_of_a_list_are_read_in_one_query(school, django_assert_num_queries):
    for number in range(3):
        image = make_image()
        publish_brand(school, title=f"品牌{number}", kind="branch", cover=image)
        rendition_sizes.picture_source(image, "stop")
    rows = rendition_sizes.with_renditions(BrandPage.objects.all(), "cover", "stop")
    with django_assert_num_queries(2):
        assert len([rendition_sizes.picture_source(brand.cover, "stop") for brand in rows]) == 3


def test_a_size_that_was_not_prefetched_is_read_not_made_again(school, django_assert_num_queries):
    publish_brand(school, cover=make_image())
    rows = rendition_sizes.with_renditions(BrandPage.objects.all(), "cover", "stop")
    rendition_sizes.picture_source(rows[0].cover, "stop")
    rendition_sizes.picture_source(rows[0].cover, "lead")
    cover = rows.get().cover
    with django_assert_num_queries(0):
        rendition_sizes.picture_source(cover, "stop")
    with django_assert_num_queries(1):
        rendition_sizes.picture_source(cover, "lead")


def test_rows_without_a_picture_stay_in_the_list(school):
    publish_brand(school)
    assert len(rendition_sizes.with_renditions(BrandPage.objects.all(), "cover", "stop")) == 1
