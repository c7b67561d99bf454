"""The stream field of brand pages."""

from brands.blocks import MechanismBlock
from core.fields import BlocksField


class MechanismField(BlocksField):
    """The labelled parts of a mechanism."""

    block_class = MechanismBlock
