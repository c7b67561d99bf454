"""The lists of a topic page: pages chosen one by one, or a rule that finds the newest."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.days import end_of_day, start_of_day
from core.fields import BlocksField
from core.models import as_listed
from core.tree import home_path

MOST_PAGES = 12
CHOOSABLE = [name for _title, name, conditions in settings.FEEDS.values() if not conditions]


def kinds() -> list[tuple]:
    """What a rule may list: the kinds of content that have a feed."""
    return [(kind, title) for kind, (title, _name, _conditions) in settings.FEEDS.items()]


class TopicListBlock(blocks.StructBlock):
    """A titled list of cards; a subclass says which pages."""

    title = blocks.CharBlock(label=_("title"), max_length=40)

    def pages_of(self, value, topic) -> list:
        """The public pages that this list shows on `topic`, in its order."""
        raise NotImplementedError

    def get_context(self, value, parent_context=None):
        """Adds `pages`."""
        context = super().get_context(value, parent_context)
        return context | {"pages": self.pages_of(value, context["page"])}


class ChosenListBlock(TopicListBlock):
    """Pages somebody chose, in the order they chose."""

    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("page"), page_type=CHOOSABLE),
        label=_("pages"),
        min_num=1,
        max_num=MOST_PAGES,
    )

    class Meta:
        icon = "list-ul"
        label = _("chosen pages")
        template = "topics/blocks/list.html"
        preview_template = "topics/blocks/previews/list.html"
        description = _("Public pages that you choose, in your order.")

    def pages_of(self, value, topic):
        """What has been withdrawn since is left out."""
        return as_listed(dict.fromkeys(filter(None, value["pages"])))


class RuleListBlock(TopicListBlock):
    """The newest pages that fit; what is published later comes in by itself."""

    kind = blocks.ChoiceBlock(label=_("what it lists"), choices=kinds, default="news")
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
        label=_("how many at most"), min_value=1, max_value=MOST_PAGES, default=6
    )

    class Meta:
        icon = "cogs"
        label = _("newest pages by a rule")
        template = "topics/blocks/list.html"
        preview_template = "topics/blocks/previews/list.html"
        description = _("The newest public pages that fit; new ones come in by themselves.")

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["since"] and cleaned["until"] and cleaned["until"] < cleaned["since"]:
            raise blocks.StructBlockValidationError(
                block_errors={"until": ValidationError(_("The last day lies before the first."))}
            )
        return cleaned

    def pages_of(self, value, topic):
        """Nothing where the kind is no longer known."""
        if value["kind"] not in settings.FEEDS:
            return []
        _title, name, conditions = settings.FEEDS[value["kind"]]
        pages = apps.get_model(name).listed()
        found = pages.filter(path__startswith=home_path(topic), **conditions)
        if value["words"]:
            found = found.filter(title__icontains=value["words"])
        if value["school"]:
            found = found.descendant_of(value["school"])
        if value["since"]:
            found = found.filter(first_published_at__gte=start_of_day(value["since"]))
        if value["until"]:
            found = found.filter(first_published_at__lt=end_of_day(value["until"]))
        return list(found.order_by("-first_published_at", "-pk")[: value["number"] or MOST_PAGES])


class TopicListsBlock(blocks.StreamBlock):
    chosen = ChosenListBlock()
    rule = RuleListBlock()

    class Meta:
        label = _("lists")
        max_num = 6


class TopicListsField(BlocksField):
    """The lists of a topic."""

    block_class = TopicListsBlock
