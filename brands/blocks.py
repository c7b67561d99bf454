"""The mechanism of a brand: «137» as 1 + 3 + 7 labelled parts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class MechanismPartBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("name of the part"), max_length=20)
    detail = blocks.CharBlock(label=_("what it does"), max_length=80, required=False)


class MechanismGroupBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("what is counted"),
        max_length=20,
        help_text=_("The words behind the number: “3” + “teams”."),
    )
    parts = blocks.ListBlock(MechanismPartBlock(), label=_("parts"), min_num=1, max_num=9)

    class Meta:
        icon = "list-ul"
        label = _("digit of the code")


class MechanismBlock(blocks.StreamBlock):
    """One group for each digit of the code, in its order."""

    group = MechanismGroupBlock()

    class Meta:
        label = _("mechanism")
