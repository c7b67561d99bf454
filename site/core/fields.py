"""Stream fields whose blocks stay out of migrations, yet are known to historical models."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from core.blocks import BodyBlock


class BlocksField(StreamField):
    """A StreamField that names its block in the class, not in its arguments.

    A migration holds `BodyField()` and loads it with today's blocks, so that data migrations can
    read the content and a changed block makes no migration.
    """

    block_class: type[StreamBlock]

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.pop("block_lookup", None)
        super().__init__(self.block_class(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def validate(self, value: Any, model_instance: Model) -> None:
        """Raise ValidationError for an empty value where blocks are required.

        Wagtail leaves that to its forms. A draft (`BasePage.saved_as_draft`) may still lack them.
        """
        super().validate(value, model_instance)
        is_draft = getattr(model_instance, "saved_as_draft", False)
        if not (self.blank or is_draft or value):
            raise ValidationError(self.error_messages["blank"], code="blank")


class BodyField(BlocksField):
    """The body that every page type shares."""

    block_class = BodyBlock
