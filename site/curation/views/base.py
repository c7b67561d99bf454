"""What the views of slots and promoted results share: the home pages one may curate."""

from django.utils.functional import cached_property
from wagtail.models import Page

from change_requests.models import ChangeRequest
from change_requests.views.forms import ChangeRequestFormView
from curation.permissions import curated_home_pages


class CurationFormView(ChangeRequestFormView):
    """For web editors and the committee, with the changes of this kind that are pending."""

    @cached_property
    def home_pages(self) -> list[Page]:
        """The public home pages that this person may curate."""
        return list(curated_home_pages(self.request.user))

    def test_func(self) -> bool:
        return bool(self.home_pages)

    def get_context_data(self, **kwargs) -> dict:
        keys = [home.translation_key for home in self.home_pages]
        pending = ChangeRequest.objects.pending().filter(kind=self.kind.name, district_key__in=keys)
        return super().get_context_data(pending=pending.select_related("proposed_by"), **kwargs)
