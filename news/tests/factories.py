"""News for tests: drafts, complete enough to be submitted, and public items."""

from datetime import timedelta

import factory
import wagtail_factories
from django.utils import timezone

from core.models import Document
from core.tree import home_pages
from news.models import NewsAttachment, NewsPage
from publication.initial_publication import Source, publish_initial


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = Document


class NewsPageFactory(wagtail_factories.PageFactory):
    """A draft; `public_notice=True` and `ended=True` make it a 公示, running or over."""

    parent = factory.LazyFunction(lambda: home_pages().first())
    title = factory.Sequence(lambda number: f"晾晒会第{number}期")
    slug = factory.Sequence(lambda number: f"news-{number}")
    live = False
    summary = "哪一色做得慢，表格贴上墙。"
    author_name = "办公室"
    body = factory.LazyFunction(lambda: [("paragraph", "<p>走廊里的七张表。</p>")])

    class Meta:
        model = NewsPage

    class Params:
        public_notice = factory.Trait(
            kind=NewsPage.Kind.PUBLIC_NOTICE,
            notice_until=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=5)),
        )
        ended = factory.Trait(
            kind=NewsPage.Kind.PUBLIC_NOTICE,
            notice_until=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)),
        )


class NewsAttachmentFactory(factory.django.DjangoModelFactory):
    document = factory.SubFactory(DocumentFactory)

    class Meta:
        model = NewsAttachment


def publish_news(parent, at=None, **fields) -> NewsPage:
    """Return a live sample item below `parent`, public since `at`; `fields` may name traits."""
    parent = type(parent).objects.get(pk=parent.pk)
    return publish_initial(NewsPageFactory(parent=parent, **fields), Source.DEMO, at=at)
