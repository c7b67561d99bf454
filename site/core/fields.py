"""Fields whose blocks stay out of migrations, yet are known to historical models."""

from django.core.exceptions import ValidationError
from wagtail.fields import StreamField

from core.blocks import BodyBlock


class BlocksField(StreamField):
    """A StreamField that names its block in the class, not in its arguments.

    A migration holds `BodyField()`; whoever loads that migration gets today's blocks, so data
    migrations can read the content, and a changed block makes no migration.
    """

    block_class = None

    def __init__(self, *args, **kwargs):
        kwargs.pop("block_lookup", None)
        super().__init__(self.block_class(), **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def validate(self, value, model_instance):
        """Refuse no blocks at all where the field needs some, which Wagtail leaves to its forms.

        A draft (`BasePage.saved_as_draft`) may still lack them.
        """
        super().validate(value, model_instance)
        is_draft = getattr(model_instance, "saved_as_draft", False)
        if not (self.blank or is_draft or value):
            raise ValidationError(self.error_messages["blank"], code="blank")


class BodyField(BlocksField):
    """The one body shared by every page type."""

    block_class = BodyBlock
