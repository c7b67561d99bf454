"""The lists of a topic page: pages chosen one by one, or the newest that match a rule."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from core.days import end_of_day, start_of_day
from core.fields import BlocksField
from core.models import BasePage, as_listed
from core.tree import home_path

MAX_PAGES = 12
CHOOSABLE_TYPES = [name for _title, name, conditions in settings.FEEDS.values() if not conditions]


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Return what a rule may list: the kinds of content that have a feed."""
    return [(kind, title) for kind, (title, _name, _conditions) in settings.FEEDS.items()]


class TopicListBlock(blocks.StructBlock):
    """A titled list of cards; a subclass provides the pages."""

    title = blocks.CharBlock(label=_("title"), max_length=40)

    def get_pages(self, value: blocks.StructValue, topic: Page) -> list[BasePage]:
        """Return the public pages that this list shows on `topic`, in its order."""
        raise NotImplementedError

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        """Add `pages`."""
        context = super().get_context(value, parent_context)
        return context | {"pages": self.get_pages(value, context["page"])}


class ChosenListBlock(TopicListBlock):
    """Pages that an editor chose, in the chosen order."""

    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("page"), page_type=CHOOSABLE_TYPES),
        label=_("pages"),
        min_num=1,
        max_num=MAX_PAGES,
    )

    class Meta:
        icon = "list-ul"
        label = _("chosen pages")
        template = "topics/blocks/list.html"
        preview_template = "topics/blocks/previews/list.html"
        description = _("Public pages that you choose, in your order.")

    def get_pages(self, value: blocks.StructValue, topic: Page) -> list[BasePage]:
        """Return the chosen pages without those withdrawn since."""
        return as_listed(dict.fromkeys(filter(None, value["pages"])))


class RuleListBlock(TopicListBlock):
    """The newest pages that match; pages published later are included automatically."""

    kind = blocks.ChoiceBlock(label=_("what it lists"), choices=kind_choices, default="news")
    words = blocks.CharBlock(
        label=_("words in the title"),
        max_length=30,
        required=False,
        help_text=_("Empty: whatever the title."),
    )
    school = blocks.PageChooserBlock(
        label=_("school"),
        page_type="schools.SchoolPage",
        required=False,
        help_text=_("Empty: of all schools and of the district."),
    )
    since = blocks.DateBlock(label=_("published since"), required=False)
    until = blocks.DateBlock(label=_("published until"), required=False)
    number = blocks.IntegerBlock(
        label=_("how many at most"), min_value=1, max_value=MAX_PAGES, default=6
    )

    class Meta:
        icon = "cogs"
        label = _("newest pages by a rule")
        template = "topics/blocks/list.html"
        preview_template = "topics/blocks/previews/list.html"
        description = _("The newest public pages that fit; new ones come in by themselves.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned_value = super().clean(value)
        since, until = cleaned_value["since"], cleaned_value["until"]
        if since and until and until < since:
            raise blocks.StructBlockValidationError(
                block_errors={"until": ValidationError(_("The last day lies before the first."))}
            )
        return cleaned_value

    def get_pages(self, value: blocks.StructValue, topic: Page) -> list[BasePage]:
        """Return the newest matching pages; none where the kind no longer exists."""
        if value["kind"] not in settings.FEEDS:
            return []
        _title, name, conditions = settings.FEEDS[value["kind"]]
        pages = apps.get_model(name).listed()
        pages = pages.filter(path__startswith=home_path(topic), **conditions)
        if value["words"]:
            pages = pages.filter(title__icontains=value["words"])
        if value["school"]:
            pages = pages.descendant_of(value["school"])
        if value["since"]:
            pages = pages.filter(first_published_at__gte=start_of_day(value["since"]))
        if value["until"]:
            pages = pages.filter(first_published_at__lt=end_of_day(value["until"]))
        return list(pages.order_by("-first_published_at", "-pk")[: value["number"] or MAX_PAGES])


class TopicListsBlock(blocks.StreamBlock):
    chosen = ChosenListBlock()
    rule = RuleListBlock()

    class Meta:
        label = _("lists")
        max_num = 6


class TopicListsField(BlocksField):
    """The lists of a topic."""

    block_class = TopicListsBlock
