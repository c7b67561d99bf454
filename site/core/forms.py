"""The editors' form of every page type."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from core.tree import hidden_ancestor
from core.visibility.form_access import referenced_objects, refuse_invisible_choices

DATE_FIELDS = ("go_live_at", "expire_at")


class BasePageForm(WagtailAdminPageForm):
    """Let a draft be incomplete; what is submitted is complete and makes sense today.

    `BasePage.clean_submission` asks for what every complete page has; `clean_submission` here for
    what depends on today, or on what only the form knows.
    """

    # Wagtail's own toggle would open a dialog that is not there.
    show_schedule_publishing_toggle = False

    def is_valid(self) -> bool:
        if not self.is_bound:
            return False
        known_objects = referenced_objects(self.instance)
        is_valid = super().is_valid()
        if self.for_user:
            refuse_invisible_choices(self, known_objects)
        return is_valid

    def clean(self) -> dict:
        self._clear_past_publication_date()
        # A date that is over is no reason to lose a draft; submitting asks for another.
        dates = self._pop_dates() if self.is_deferred_validation else {}
        cleaned_data = super().clean()
        cleaned_data |= dates
        if not self.is_deferred_validation:
            self._clean_go_live_at(cleaned_data)
            self._clean_ancestors()
            self.clean_submission(cleaned_data)
        return cleaned_data

    def _clear_past_publication_date(self) -> None:
        """Forget the date on which a public page went live: the next version has its own."""
        go_live_at = self.cleaned_data.get("go_live_at")
        if go_live_at and go_live_at <= timezone.now() and self.instance.first_published_at:
            self.cleaned_data["go_live_at"] = None

    def _pop_dates(self) -> dict:
        return {
            name: self.cleaned_data.pop(name) for name in DATE_FIELDS if name in self.cleaned_data
        }

    def _clean_go_live_at(self, cleaned_data: dict) -> None:
        go_live_at = cleaned_data.get("go_live_at")
        if go_live_at and go_live_at <= timezone.now():
            self.add_error("go_live_at", _("This time is over. Choose a later one or none."))

    def _clean_ancestors(self) -> None:
        """Refuse to submit below a page that is not public: no level could approve it."""
        page = self.instance if self.instance.path else self.parent_page
        if page is None:
            return
        if hidden_ancestor(page, inclusive=page is self.parent_page):
            self.add_error(
                None,
                _(
                    "The page above this one is not public, so this one cannot be submitted. "
                    "Save it as a draft."
                ),
            )

    def clean_submission(self, cleaned_data: dict) -> None:
        """Add the errors of a submission that its fields and the page do not find themselves."""

    def is_incomplete(self) -> bool:
        """Return whether the page is only saved as a draft, so that it need not be complete."""
        return self.is_deferred_validation

    def _post_clean(self) -> None:
        self.instance.saved_as_draft = self.is_incomplete()
        super()._post_clean()
