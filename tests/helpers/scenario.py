"""One page in every state, with the files, translations and settings around it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from brands.models import BrandPage
from core.models import Document, Image
from core.publishing.contexts import confirmed_change
from core.tests.factories import make_image
from home.models import HomePage
from news.models import NewsIndexPage
from schools.models import SchoolPage
from tests.helpers.district import District, brand_draft, decide, fresh, submit
from tests.helpers.private_content import create_private_content
from tests.helpers.publish_attempts import public_page


@dataclass
class Scenario:
    """What a payload may name: pages by their state, and the primary keys of other rows."""

    home: HomePage
    english: HomePage
    schools: list[SchoolPage]
    indexes: list[NewsIndexPage]
    live: BrandPage
    draft: BrandPage
    waiting: BrandPage
    waiting_at_final: BrandPage
    scheduled: BrandPage
    old_revision: int
    image: Image
    waiting_image: Image
    document: Document
    translation: Translation
    translation_source_ids: list[int]
    restricted: Page
    restricted_collection: Collection
    redirect: Redirect
    group: int
    user_ids: list[int]

    @property
    def school(self) -> SchoolPage:
        """The school that owns the pages and files."""
        return self.schools[0]


def create_scenario(district: District) -> Scenario:
    """Create all of it in the first school of `district`."""
    private = create_private_content(district)
    school = district.schools[0]
    ownership = {"collection": school.collection, "uploaded_by_user": district.editor1}
    image = make_image(400, 300, **ownership)
    document = Document(title="附件", file=ContentFile(b"1", name="a.txt"), **ownership)
    document.save()
    link = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    content = {"meaning": link, "body": [("image", {"image": image, "caption": "图"})]}
    live = public_page(district, title="公开的", kind="branch", **content)
    live.get_latest_revision_as_object().save_revision(user=district.colleague)
    indexes = [NewsIndexPage.objects.get(locale__language_code=code) for code in ("zh-hans", "en")]
    source, _created = TranslationSource.update_or_create_from_instance(indexes[0])
    translation = Translation.objects.create(source=source, target_locale=indexes[1].locale)
    for file in (image, private.image, document):
        # Stored when it is first asked for, which would look like a change.
        file.get_file_size()
    with confirmed_change():
        restricted = school.get_parent()
        PageViewRestriction.objects.create(page=restricted, restriction_type="login")
        restricted_collection = school.collection.get_parent().add_child(name="内部")
        CollectionViewRestriction.objects.create(
            collection=restricted_collection, restriction_type="login"
        )
        redirect = Redirect.add_redirect("/old", "https://example.org/")
    return Scenario(
        home=district.home,
        english=district.home.get_translations().get(),
        schools=district.schools,
        indexes=indexes,
        live=fresh(live),
        draft=private.draft,
        waiting=private.waiting,
        waiting_at_final=_waiting_at_final_level(district),
        scheduled=_scheduled_page(district),
        old_revision=live.live_revision_id,
        image=image,
        waiting_image=private.image,
        document=document,
        translation=translation,
        translation_source_ids=[source.pk],
        restricted=restricted,
        restricted_collection=restricted_collection,
        redirect=redirect,
        group=district.section.groups.get().pk,
        user_ids=[district.editor1.pk, district.reviewer1.pk, district.final.pk],
    )


def _waiting_at_final_level(district: District) -> BrandPage:
    page = brand_draft(district.schools[0], district.colleague, title="待终审", kind="branch")
    submit(page, district.colleague)
    for user in (district.reviewer1, district.section2):
        assert decide(fresh(page), user) is None
    return fresh(page)


def _scheduled_page(district: District) -> BrandPage:
    """A page that was approved for tomorrow."""
    tomorrow = timezone.now() + timedelta(days=1)
    page = public_page(district, title="定时的", kind="branch", go_live_at=tomorrow)
    assert page.latest_revision.approved_go_live_at
    return page
