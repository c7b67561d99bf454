"""Screens of those who name the people of review: deputies, and where somebody is missing."""

from datetime import timedelta

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.listing import paginate
from roles import scopes
from roles.forms import DeputyForm
from roles.models import Deputy
from roles.permissions import require_superuser

PAGE_SIZE = 50


# --- deputies ------------------------------------------------------------------------------------


def list_deputies(request):
    """All deputies, those of the latest days first."""
    require_superuser(request.user)
    today = timezone.localdate()
    page = paginate(Deputy.objects.select_related("user"), request.GET.get("p"), PAGE_SIZE)
    titles = scopes.district_titles() | scopes.school_titles()
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
    return render(request, "roles/deputies.html", context)


def add_deputy(request):
    """Name a deputy; level and place may be given in the address."""
    require_superuser(request.user)
    today = timezone.localdate()
    given = {name: request.GET.get(name, "") for name in ("level", "scope_key")}
    form = DeputyForm(request.POST or None, initial={"starts_on": today, **given})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The deputy is named; it is on the record."))
        return redirect("roles_deputies")
    context = {
        "page_title": _("Name a deputy"),
        "header_icon": "group",
        "form": form,
        "back": "roles_deputies",
    }
    return render(request, "core/admin/form.html", context)


@require_POST
def end_deputy(request, deputy_id: int):
    """End a deputy's time at once: yesterday was the last day."""
    require_superuser(request.user)
    today = timezone.localdate()
    with transaction.atomic():
        deputy = get_object_or_404(Deputy.objects.select_for_update(), pk=deputy_id)
        if deputy.ends_on < today:
            messages.error(request, _("This time is over already."))
            return redirect("roles_deputies")
        if deputy.starts_on >= today:
            # Not one whole day is left of it; the record keeps that it was named.
            deputy.delete()
        else:
            deputy.ends_on = today - timedelta(days=1)
            deputy.save()
    messages.success(request, _("%(person)s is deputy no more.") % {"person": deputy.user})
    return redirect("roles_deputies")


# --- staffing ------------------------------------------------------------------------------------
