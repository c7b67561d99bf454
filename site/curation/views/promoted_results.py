"""The promoted results as they stand, and the forms that request another, or the end of one."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from change_requests.forms import ChangeRequestForm
from change_requests.kinds import Payload
from core.keys import parse_key
from curation import promoted_results
from curation.views.base import CurationFormView
from search.models import PromotedResult

NOT_PROMOTED_HERE = gettext_lazy("It is not promoted any more, or its page is of another district.")


class PromotionForm(ChangeRequestForm):
    """A change about the promotion of one page, which lies below one of `home_pages`."""

    def __init__(self, *args, home_pages: list[Page], **kwargs):
        super().__init__(*args, **kwargs)
        self.home_pages = home_pages

    def promoted_page(self) -> Page:
        """Return the page that is, or would be, promoted."""
        raise NotImplementedError

    def clean(self) -> dict:
        """Raise ValidationError for a page of another district."""
        super().clean()
        if self.errors:
            return self.cleaned_data
        path = self.promoted_page().path
        home = next((home for home in self.home_pages if path.startswith(home.path)), None)
        if home is None:
            raise forms.ValidationError(NOT_PROMOTED_HERE)
        return self.cleaned_data | {"home": home}

    def get_district_key(self) -> UUID | None:
        return self.cleaned_data["home"].translation_key

    def title(self) -> str:
        return _("Search: %(title)s") % {"title": self.promoted_page().title}

    def payload(self) -> Payload:
        return {"home": self.cleaned_data["home"].pk}


class PromotedPageChooser(AdminPageChooser):
    """The chooser, which shows nothing for a value that is no key: Wagtail's would fail."""

    def get_instance(self, value: Any) -> Page | None:
        return super().get_instance(value) if isinstance(value, Page) or parse_key(value) else None


class PromoteForm(PromotionForm):
    """A page and the words for which it stands first."""

    words = PromotedResult._meta.get_field("words").formfield(
        widget=forms.Textarea(attrs={"rows": 3})
    )
    page = forms.ModelChoiceField(
        label=gettext_lazy("page"), queryset=Page.objects.live(), widget=PromotedPageChooser
    )
    field_order = ("words", "page", "reason")

    def promoted_page(self) -> Page:
        return self.cleaned_data["page"]

    def payload(self) -> Payload:
        return super().payload() | {
            "words": self.cleaned_data["words"],
            "page": self.cleaned_data["page"].pk,
        }


class EndPromotionForm(PromotionForm):
    """A promotion to end: one button beside it, which asks for no reason."""

    reason = None  # type: ignore[assignment]  # Django leaves out the field
    ends = forms.ModelChoiceField(
        PromotedResult.objects.select_related("page"),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": NOT_PROMOTED_HERE},
    )

    def clean(self) -> dict:
        return super().clean() | {"reason": _("It need not stand first any more.")}

    def promoted_page(self) -> Page:
        return self.cleaned_data["ends"].page

    def payload(self) -> Payload:
        ends = self.cleaned_data["ends"]
        # The page, for whoever reads the record once the row is gone.
        return super().payload() | {"ends": ends.pk, "page": ends.page_id}


class PromotedResultsView(CurationFormView):
    """Show what is promoted; request another promotion, or the end of one."""

    kind = promoted_results.PROMOTION_KIND
    template_name = "curation/promoted_results.html"
    header_icon = "search"
    page_title = gettext_lazy("Promoted results")

    def get_form_class(self) -> type[PromotionForm]:
        return EndPromotionForm if self.request.POST.get("ends") else PromoteForm

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"home_pages": self.home_pages}

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if not isinstance(form, PromoteForm):
            form = PromoteForm(home_pages=self.home_pages)
        results = [row for home in self.home_pages for row in promoted_results.current(home)]
        return context | {"promote_form": form, "media": form.media, "promoted_results": results}
