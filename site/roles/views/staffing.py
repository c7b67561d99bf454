"""The screen of levels that too few people hold."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.listing import ListingForm, paginate
from roles import staffing
from roles.models import Level
from roles.permissions import may_see_staffing
from roles.views.deputies import PAGE_SIZE


class StaffingFilter(ListingForm):
    """The query string of the list: words in the place's name, and a level."""

    q = forms.CharField(label=gettext_lazy("school or district"), max_length=60)
    level = forms.ChoiceField(
        label=gettext_lazy("level"),
        choices=[("", gettext_lazy("every level")), *Level.choices],
    )

    def filter_entries(self, posts):
        """Narrow the posts; they are a list, not a query."""
        chosen = self.chosen_values()
        return [
            post
            for post in posts
            if chosen.get("level") in (None, post.level)
            and chosen.get("q", "").casefold() in post.title.casefold()
        ]


def staffing_list(request):
    """Every level that fewer than two active people hold today."""
    if not may_see_staffing(request.user):
        raise PermissionDenied
    short = staffing.shortages()
    form = StaffingFilter(request.GET, entries=short, index=None)
    page = paginate(form.filter_entries(short), request.GET.get("p"), PAGE_SIZE)
    context = {
        "page_title": _("Staffing"),
        "header_icon": "group",
        "form": form,
        "total": len(short),
        "posts": staffing.with_names(page.object_list),
        "page": page,
        "query": form.query_string(),
    }
    return render(request, "roles/staffing.html", context)
