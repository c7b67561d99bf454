"""The editors' form of every page type."""

from wagtail.admin.forms import WagtailAdminPageForm

from core.choices import named_by, refuse_unseen


class BasePageForm(WagtailAdminPageForm):
    """A draft may be incomplete; what is submitted is complete and makes sense today.

    What holds for every complete page is asked by `BasePage.clean_submission`; what depends on
    today, or on what only the form knows, by `clean_submission` here.
    """

    def is_valid(self):
        if not self.is_bound:
            return False
        known = named_by(self.instance)
        valid = super().is_valid()
        if self.for_user:
            refuse_unseen(self, known)
        return valid

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self.clean_submission(cleaned)
        return cleaned

    def clean_submission(self, cleaned: dict) -> None:
        """Add the errors of a submission that its fields and the page do not find themselves."""

    def is_incomplete(self) -> bool:
        """Whether the page is not asked if it is complete: it is only saved as a draft."""
        return self.is_deferred_validation

    def _post_clean(self):
        self.instance.saved_as_draft = self.is_incomplete()
        super()._post_clean()
