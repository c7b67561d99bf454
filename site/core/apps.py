from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Shared parts")

    def ready(self) -> None:
        from django.db.backends.base.operations import BaseDatabaseOperations

        # Not from `operations`: that module and `base` import each other.
        from django.db.backends.sqlite3.base import DatabaseOperations  # type: ignore[attr-defined]
        from wagtail.admin.filters import MultipleUserFilter
        from wagtail.models import Page
        from wagtail.search import index

        from core import wagtail_label_patches
        from core.media import image_processing, receivers  # noqa: F401 (connects itself)
        from core.publishing import model_guards
        from core.visibility.user_filters import visible_people

        wagtail_label_patches.patch_labels()
        model_guards.connect_guards()
        image_processing.register_fast_avif()
        # A number that PostgreSQL could not store is refused by forms on SQLite as well.
        DatabaseOperations.integer_field_range = (  # type: ignore[method-assign]
            BaseDatabaseOperations.integer_field_range
        )
        MultipleUserFilter.get_queryset = visible_people
        # Wagtail 7.4's explorer filters its search by this column and fails without it
        # (?has_child_pages=true&q=…). The search runs over Page, so a subclass can't declare it.
        Page.search_fields = [*Page.search_fields, index.FilterField("numchild")]
