"""The blocks of the shared body, each with a preview."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
TABLE_OPTIONS = {"startRows": 4, "startCols": 3, "language": "zh-CN"}


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=60)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("h2", _("chapter")), ("h3", _("section"))],
        default="h2",
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("heading")
        template = "core/blocks/heading.html"
        preview_value = {"text": "把思政课搬到运河边", "level": "h2"}
        description = _("A chapter or section title inside the text.")


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=120, required=False)
    credit = blocks.CharBlock(label=_("credit"), max_length=60, required=False)

    class Meta:
        icon = "image"
        label = _("image")
        template = "core/blocks/image.html"
        preview_template = "core/blocks/previews/image.html"
        description = _("One picture with caption and credit; its alt text comes from the picture.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("text"), max_length=300)
    attribution = blocks.CharBlock(label=_("who said it"), max_length=60, required=False)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "core/blocks/quote.html"
        preview_value = {
            "text": "孩子们记住的不是一句口号，是一块城砖。",
            "attribution": "一位班主任",
        }
        description = _("Words of a person, set apart from the text.")


class FigureBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("label"), max_length=60)
    value = blocks.DecimalBlock(label=_("value"), max_digits=14, decimal_places=2)
    unit = blocks.CharBlock(label=_("unit"), max_length=20)
    as_of = blocks.DateBlock(label=_("as of"))
    source = blocks.CharBlock(label=_("source"), max_length=200)


class FiguresBlock(blocks.ListBlock):
    def __init__(self, **kwargs: Any):
        super().__init__(FigureBlock(), min_num=1, max_num=5, **kwargs)

    class Meta:
        icon = "order"
        label = _("figures")
        template = "core/blocks/figures.html"
        preview_value = [
            {
                "label": "登记家访",
                "value": 416,
                "unit": "次",
                "as_of": "2026-06-30",
                "source": "家访登记",
            }
        ]
        description = _("Large numbers, each with unit, date and source.")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(label=_("title"), max_length=120, required=False)

    class Meta:
        icon = "doc-full"
        label = _("document")
        template = "core/blocks/document.html"
        preview_template = "core/blocks/previews/document.html"
        description = _("A file to download, with its size.")


class VideoBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("video file (MP4)"))
    caption = blocks.CharBlock(label=_("caption"), max_length=120)
    transcript = blocks.TextBlock(
        label=_("what is said and seen"),
        help_text=_("For readers who cannot hear or see it."),
    )

    class Meta:
        icon = "media"
        label = _("video")
        template = "core/blocks/video.html"
        preview_template = "core/blocks/previews/video.html"
        description = _("A video from our own files, with a text for who cannot hear or see it.")

    def clean(self, value: Any) -> Any:
        """Raise StructBlockValidationError unless the file is an MP4."""
        cleaned = super().clean(value)
        # A draft may still lack its file.
        if cleaned["file"] and not cleaned["file"].filename.lower().endswith(".mp4"):
            raise blocks.StructBlockValidationError(
                block_errors={"file": ValidationError(_("Choose an MP4 file."))}
            )
        return cleaned


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("person's name"), max_length=30)
    role = blocks.CharBlock(label=_("role"), max_length=60)
    note = blocks.CharBlock(label=_("note"), max_length=120, required=False)


class PeopleBlock(blocks.ListBlock):
    def __init__(self, **kwargs: Any):
        super().__init__(PersonBlock(), min_num=1, max_num=12, **kwargs)

    class Meta:
        icon = "group"
        label = _("people")
        template = "core/blocks/people.html"
        preview_value = [{"name": "李老师", "role": "第一支部书记", "note": "负责讲解员培训"}]
        description = _("A row of people with their roles; never pupils by full name.")


class BodyBlock(blocks.StreamBlock):
    """The blocks a teacher can choose from, in the order of their use."""

    paragraph = blocks.RichTextBlock(
        label=_("text"),
        icon="pilcrow",
        features=TEXT_FEATURES,
        template="core/blocks/paragraph.html",
        preview_value="<p>清晨七点，值日的孩子把昨晚写好的讲解词又念了一遍。</p>",
        description=_("Paragraphs, lists and links."),
    )
    heading = HeadingBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    figures = FiguresBlock()
    table = TableBlock(
        label=_("table"),
        icon="table",
        table_options=TABLE_OPTIONS,
        template="core/blocks/table.html",
        preview_value={
            "data": [["时间", "地点"], ["09:00", "校史室"]],
            "first_row_is_table_header": True,
        },
        description=_("A simple table; the first row is its header."),
    )
    document = DocumentBlock()
    video = VideoBlock()
    people = PeopleBlock()

    class Meta:
        label = _("body")
