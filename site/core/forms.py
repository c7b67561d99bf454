"""The editors' form of every page type."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from core.tree import hidden_ancestor
from core.visibility.form_access import objects_named_by, refuse_invisible_choices


class BasePageForm(WagtailAdminPageForm):
    """A draft may be incomplete; what is submitted is complete and makes sense today.

    What holds for every complete page is asked by `BasePage.clean_submission`; what depends on
    today, or on what only the form knows, by `clean_submission` here.
    """

    def is_valid(self):
        if not self.is_bound:
            return False
        known = objects_named_by(self.instance)
        valid = super().is_valid()
        if self.for_user:
            refuse_invisible_choices(self, known)
        return valid

    # Wagtail's own toggle would open a dialog that is not there.
    show_schedule_publishing_toggle = False

    def clean(self):
        self._forget_the_day_it_came_out()
        # A term that is over is no reason to lose a draft; submitting asks for another.
        kept = self._dates_aside() if self.is_deferred_validation else {}
        cleaned = super().clean()
        cleaned |= kept
        if not self.is_deferred_validation:
            self._clean_start(cleaned)
            self._clean_place()
            self.clean_submission(cleaned)
        return cleaned

    def _forget_the_day_it_came_out(self) -> None:
        """The start of a page that is public is history: it says nothing of the next version."""
        start = self.cleaned_data.get("go_live_at")
        if start and start <= timezone.now() and self.instance.first_published_at:
            self.cleaned_data["go_live_at"] = None

    def _dates_aside(self) -> dict:
        dates = ("go_live_at", "expire_at")
        return {name: self.cleaned_data.pop(name) for name in dates if name in self.cleaned_data}

    def _clean_start(self, cleaned: dict) -> None:
        start = cleaned.get("go_live_at")
        if start and start <= timezone.now():
            self.add_error("go_live_at", _("This time is over. Choose a later one or none."))

    def _clean_place(self) -> None:
        """Refuse to submit below what is not public: no level could let it pass."""
        place = self.instance if self.instance.path else self.parent_page
        if place is None:
            return
        if hidden_ancestor(place, inclusive=place is self.parent_page):
            self.add_error(
                None,
                _(
                    "The page above this one is not public, so this one cannot be submitted. "
                    "Save it as a draft."
                ),
            )

    def clean_submission(self, cleaned: dict) -> None:
        """Add the errors of a submission that its fields and the page do not find themselves."""

    def is_incomplete(self) -> bool:
        """Whether the page is not asked if it is complete: it is only saved as a draft."""
        return self.is_deferred_validation

    def _post_clean(self):
        self.instance.saved_as_draft = self.is_incomplete()
        super()._post_clean()
