"""The record in the menu, and the addresses of its screens."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from moderation.readers import reads_record
from moderation.screens import record


@hooks.register("register_admin_urls")
def register_record_urls():
    """The list, the review sheet of a submission, the workbook of a month."""
    return [
        path("review/record/", record.record, name="moderation_record"),
        path("review/sheet/<int:workflow_state_id>/", record.sheet, name="moderation_sheet"),
        path("review/workbook/", record.workbook, name="moderation_workbook"),
    ]


class RecordMenuItem(MenuItem):
    """For people who hold a level, and superusers."""

    def is_shown(self, request):
        """Whether there is anything of the record for this person."""
        return reads_record(request.user)


@hooks.register("register_admin_menu_item")
def register_record_menu_item():
    """Below what waits: it says what was done."""
    url = reverse_lazy("moderation_record")
    return RecordMenuItem(_("Record of reviews"), url, name="record", icon_name="history", order=30)
