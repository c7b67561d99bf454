"""Renditions as readers get them: in three formats, with dimensions, made in advance."""

from html.parser import HTMLParser

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from core.media.renditions import make_missing_renditions
from core.models import Image
from core.tests.factories import make_image
from core.tree import below_root
from tests.helpers.content import (
    BatchError,
    BrandPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    RouteIndexPage,
    RoutePage,
    SchoolPage,
    StudyBasePage,
    VolunteerProjectPage,
    eager_renditions,
    withdrawal,
)
from tests.helpers.district import decide, fresh, submit
from tests.helpers.growing_district import GrowingDistrict
from tests.helpers.publish_attempts import public_page

pytestmark = pytest.mark.once

# Whether its largest picture stands in the first window.
PAGE_TYPES = {
    HomePage: True,
    SchoolPage: True,
    BrandPage: True,
    NewsPage: True,
    NewsIndexPage: False,
    RouteIndexPage: False,
    RoutePage: True,
    StudyBasePage: True,
    VolunteerProjectPage: False,
}
# A list: workers must collect the tests in the same order.
PREFETCHED_TYPES = [kind for kind in PAGE_TYPES if kind not in (NewsIndexPage, RouteIndexPage)]


class PictureParser(HTMLParser):
    """The `picture` elements of a page: the attributes of each `source` and of the `img`."""

    def __init__(self, html: str):
        super().__init__()
        self.pictures: list[list[dict]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "picture":
            self.pictures.append([])
            self.inside = True
        elif tag == "source" or (tag == "img" and self.inside):
            self.pictures[-1].append(dict(attrs))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "picture"


@pytest.fixture
def full_district(district, monkeypatch):
    """A district with some of everything, and a real picture."""
    growing = GrowingDistrict(gallery=True, create_images=lambda count: [make_image()])
    growing.grow(1)
    return growing


def pictures_on(client, page) -> list[list[dict]]:
    response = client.get(page.url)
    assert response.status_code == 200
    return PictureParser(response.content.decode()).pictures


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.__name__)
def test_a_reader_gets_each_picture_in_three_formats_with_dimensions(client, full_district, kind):
    pictures = pictures_on(client, full_district.fullest_page(kind))
    assert pictures
    for avif, webp, img in pictures:
        assert (avif["type"], webp["type"]) == ("image/avif", "image/webp")
        assert img["src"].endswith(".png"), "the original is a PNG"
        for source in (avif, webp):
            assert source["sizes"]
            assert len(source["srcset"].split(", ")) >= 3
        assert int(img["width"]) > 0
        assert int(img["height"]) > 0
        assert "alt" in img
        assert ("loading" in img) != ("fetchpriority" in img)
    first = [img for *_sources, img in pictures if img.get("fetchpriority") == "high"]
    assert len(first) == PAGE_TYPES[kind], "one picture at most comes before all others"


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.__name__)
def test_a_page_whose_original_picture_is_lost_still_opens(client, full_district, kind):
    for image in Image.objects.all():
        image.file.storage.delete(image.file.name)
    pictures = pictures_on(client, full_district.fullest_page(kind))
    assert pictures
    assert all((img["width"], img["height"]) == ("1600", "1000") for (img,) in pictures)


@pytest.mark.parametrize("kind", PREFETCHED_TYPES, ids=lambda kind: kind.__name__)
def test_renditions_made_in_advance_are_all_that_readers_need(client, full_district, kind):
    for page in Page.objects.live().filter(below_root()).specific():
        make_missing_renditions(page)
    image = full_district.fullest_page(BrandPage).cover
    before = set(image.renditions.values_list("filter_spec", flat=True))
    assert pictures_on(client, full_district.fullest_page(kind))
    assert set(image.renditions.values_list("filter_spec", flat=True)) == before


# --- published, withdrawn, published again -------------------------------------------------------


def with_picture_in_text(district, image):
    body = [("image", {"image": image, "caption": "", "credit": ""})]
    return public_page(district, cover=image, body=body)


def names_of(image) -> set[str]:
    return set(image.renditions.values_list("file", flat=True))


def test_the_worker_makes_the_renditions_of_a_published_page(client, district):
    image = make_image()
    page = with_picture_in_text(district, image)
    assert not names_of(image), "no approver waits for pictures"
    count = eager_renditions.make_recent()
    assert count == image.renditions.count() > 0
    names_before = names_of(image)
    assert pictures_on(client, page)
    assert names_of(image) == names_before, (
        "the first reader finds all sizes, those of the text too"
    )
    assert eager_renditions.make_recent() == 0


def test_the_worker_makes_no_renditions_of_a_draft(district):
    image = make_image()
    page = public_page(district)
    page.cover = image
    page.save_revision(user=district.editor1)
    eager_renditions.make_recent()
    assert not names_of(image)


def test_one_lost_original_does_not_stop_the_others(district):
    lost, image = make_image(), make_image(800, 500)
    public_page(district, title="一", cover=image)
    public_page(district, title="二", kind="branch", cover=lost)
    lost.file.storage.delete(lost.file.name)
    with pytest.raises(BatchError):
        eager_renditions.make_recent()
    assert names_of(image)


def test_a_page_withdrawn_meanwhile_leaves_no_renditions(district, monkeypatch):
    image = make_image()
    published = public_page(district, cover=image)

    def withdrawn_meanwhile(page):
        if page.pk == published.pk:
            withdrawal.withdraw(page, district.final, "来源有误")
        return make_missing_renditions(page)

    monkeypatch.setattr(eager_renditions, "make_missing_renditions", withdrawn_meanwhile)
    assert eager_renditions.make_recent() > 0
    assert not names_of(image)


def test_withdrawn_renditions_are_deleted_and_come_back_under_other_names(
    client, district, django_capture_on_commit_callbacks
):
    image = make_image()
    page = public_page(district, cover=image)
    eager_renditions.make_recent()
    names_before = names_of(image)
    assert {name.rsplit(".")[-1] for name in names_before} == {"avif", "webp", "png"}
    storage = Image.get_rendition_model()._meta.get_field("file").storage
    with django_capture_on_commit_callbacks(execute=True):
        withdrawal.withdraw(page, district.final, "来源有误")
    assert not names_of(image)
    assert not any(storage.exists(name) for name in names_before)
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    eager_renditions.make_recent()
    assert names_of(image)
    assert not names_of(image) & names_before
    assert pictures_on(client, fresh(page))


def test_the_command_makes_what_is_missing_and_can_be_run_again(district, capsys):
    image = make_image()
    public_page(district, cover=image)
    call_command("renditions")
    names_before = names_of(image)
    assert names_before
    assert str(len(names_before)) in capsys.readouterr().out
    image.renditions.filter(filter_spec__contains="avif").first().delete()
    call_command("renditions")
    assert len(names_of(image)) == len(names_before)
    assert len(names_of(image) & names_before) == len(names_before) - 1, "what exists is skipped"


def test_the_command_names_what_it_could_not_make(district):
    image = make_image()
    page = public_page(district, cover=image)
    image.file.storage.delete(image.file.name)
    with pytest.raises(CommandError, match=page.title):
        call_command("renditions")
