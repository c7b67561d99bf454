"""Screens of those who name the people of review: deputies, and where somebody is missing."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.listing import ListingForm, page_of
from moderation import places, staffing
from moderation.held import deciding_levels
from moderation.models.rules import Deputy, Level
from moderation.screens.staff_forms import DeputyForm

PAGE_SIZE = 50


def administrators_only(user) -> None:
    """Raises PermissionDenied for everybody else."""
    if not user.is_superuser:
        raise PermissionDenied


def sees_staffing(user) -> bool:
    """Administrators, and final approvers of any place."""
    return user.is_superuser or any(level == Level.FINAL for level, _path in deciding_levels(user))


# --- deputies ------------------------------------------------------------------------------------


def list_deputies(request):
    """All deputies, those of the latest days first."""
    administrators_only(request.user)
    today = timezone.localdate()
    page = page_of(Deputy.objects.select_related("user"), request.GET.get("p"), PAGE_SIZE)
    titles = places.districts() | places.schools()
    rows = [
        {
            "deputy": deputy,
            "place": titles.get(deputy.scope_key, deputy.scope_key),
            "over": deputy.ends_on < today,
            "begun": deputy.starts_on <= today,
        }
        for deputy in page
    ]
    context = {"page_title": _("Deputies"), "header_icon": "group", "rows": rows, "page": page}
    return render(request, "moderation/deputies.html", context)


def add_deputy(request):
    """Name a deputy; level and place may be given in the address."""
    administrators_only(request.user)
    today = timezone.localdate()
    given = {name: request.GET.get(name, "") for name in ("level", "scope_key")}
    form = DeputyForm(request.POST or None, initial={"starts_on": today, **given})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The deputy is named; it is on the record."))
        return redirect("moderation_deputies")
    context = {
        "page_title": _("Name a deputy"),
        "header_icon": "group",
        "form": form,
        "back": "moderation_deputies",
    }
    return render(request, "moderation/staff_form.html", context)


@require_POST
def end_deputy(request, deputy_id: int):
    """End a deputy's time at once: yesterday was the last day."""
    administrators_only(request.user)
    today = timezone.localdate()
    with transaction.atomic():
        deputy = get_object_or_404(Deputy.objects.select_for_update(), pk=deputy_id)
        if deputy.ends_on < today:
            messages.error(request, _("This time is over already."))
            return redirect("moderation_deputies")
        if deputy.starts_on >= today:
            # Not one whole day is left of it; the record keeps that it was named.
            deputy.delete()
        else:
            deputy.ends_on = today - timedelta(days=1)
            deputy.save()
    messages.success(request, _("%(person)s is deputy no more.") % {"person": deputy.user})
    return redirect("moderation_deputies")


# --- staffing ------------------------------------------------------------------------------------


class StaffingFilter(ListingForm):
    """The query string of the list: words in the place's name, and a level."""

    q = forms.CharField(label=gettext_lazy("school or district"), max_length=60)
    level = forms.ChoiceField(
        label=gettext_lazy("level"),
        choices=[("", gettext_lazy("every level")), *Level.choices],
    )

    def apply(self, posts):
        """Narrow the posts; they are a list, not a query."""
        chosen = self.chosen()
        return [
            post
            for post in posts
            if chosen.get("level") in (None, post.level)
            and chosen.get("q", "").casefold() in post.title.casefold()
        ]


def staffing_list(request):
    """Every level that fewer than two active people hold today."""
    if not sees_staffing(request.user):
        raise PermissionDenied
    short = staffing.shortages()
    form = StaffingFilter(request.GET, entries=short, index=None)
    page = page_of(form.apply(short), request.GET.get("p"), PAGE_SIZE)
    context = {
        "page_title": _("Staffing"),
        "header_icon": "group",
        "form": form,
        "total": len(short),
        "posts": staffing.with_names(page.object_list),
        "page": page,
        "query": form.query_string(),
    }
    return render(request, "moderation/staffing.html", context)
