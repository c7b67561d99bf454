"""The filters of the list of volunteer projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.forms import SchoolContentListingForm


class ProjectListingForm(SchoolContentListingForm):
    """Filters: school and type of service."""

    service = forms.ChoiceField(label=_("service"))

    lookups = SchoolContentListingForm.lookups | {"service": "service_type"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        types = self.entries.model.ServiceType.choices
        self.set_choices("service", types, _("all services"))
