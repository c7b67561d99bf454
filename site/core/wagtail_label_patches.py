"""Labels of fields in Wagtail's forms that declare none.

Django derives them from the English name of the field, where no catalogue reaches them.
`patch_labels` runs once, at start.
"""

from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

LABELS = {
    "wagtail.admin.forms.auth.LoginForm": {"password": _("Password")},
    "wagtail.admin.forms.choosers.ExternalLinkChooserForm": {"link_text": _("Link text")},
    "wagtail.admin.forms.choosers.AnchorLinkChooserForm": {"link_text": _("Link text")},
    "wagtail.admin.forms.choosers.EmailLinkChooserForm": {
        "email_address": _("Email address"),
        "link_text": _("Link text"),
        "subject": _("Subject"),
        "body": _("Text of the email"),
    },
    "wagtail.admin.forms.choosers.PhoneLinkChooserForm": {
        "phone_number": _("Phone number"),
        "link_text": _("Link text"),
    },
    "wagtail.admin.forms.workflows.WorkflowPageForm": {"page": _("Page")},
    "wagtail.admin.forms.workflows.WorkflowContentTypeForm": {"content_types": _("Kinds")},
    "wagtail.admin.views.pages.bulk_actions.page_bulk_action.DefaultPageForm": {
        "include_descendants": _("With the pages below")
    },
    "wagtail.contrib.redirects.forms.ConfirmImportForm": {"permanent": _("Permanent")},
    "wagtail.users.forms.PagePermissionsForm": {
        "page": _("Page"),
        "permissions": _("Permissions"),
    },
    "wagtail.users.views.bulk_actions.assign_role.RoleForm": {"role": _("Role")},
}
# The columns of the list of sites name themselves after the fields of the model.
SITE_COLUMNS = {
    "port": _("Port"),
    "site_name": _("Name of the site"),
    "root_page": _("Home page"),
}
# Models without a translated name; our template of a group's permissions translates them.
MODELS = [gettext_noop("locale"), gettext_noop("translation")]


def patch_labels() -> None:
    """Set the label of every field and column of the tables above."""
    for path, labels in LABELS.items():
        for name, label in labels.items():
            import_string(path).base_fields[name].label = label
    for column in import_string("wagtail.sites.views.IndexView").columns:
        column.label = SITE_COLUMNS.get(column.name, column.label)
    _label_languages()


def _label_languages() -> None:
    mixin = import_string("wagtail.admin.forms.choosers.LocaleFilterMixin")
    original_init = mixin.__init__

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        original_init(self, *args, **kwargs)
        if "locale" in self.fields:
            self.fields["locale"].label = _("Language")

    mixin.__init__ = __init__
