"""The record in the menu, and the addresses of its screens."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from audit import views
from audit.permissions import may_read_record


@hooks.register("register_admin_urls")
def register_record_urls():
    """The list, the review sheet of a submission, the workbook of a month."""
    return [
        path("review/record/", views.record_list, name="audit_record"),
        path(
            "review/sheet/<int:workflow_state_id>/",
            views.review_report_view,
            name="audit_review_report",
        ),
        path("review/workbook/", views.monthly_export_view, name="audit_monthly_export"),
    ]


class RecordMenuItem(MenuItem):
    """For people who hold a level, and superusers."""

    def is_shown(self, request):
        """Whether there is anything of the record for this person."""
        return may_read_record(request.user)


@hooks.register("register_admin_menu_item")
def register_record_menu_item():
    """Below what waits: it says what was done."""
    url = reverse_lazy("audit_record")
    return RecordMenuItem(_("Record of reviews"), url, name="record", icon_name="history", order=30)
