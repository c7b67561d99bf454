"""Screens without a form that could change a page: dashboards, choosers, reports, the API."""

from tests.helpers.payloads.post import CHOOSER, READ_ONLY, Payload

PAYLOADS: dict[str, Payload] = {
    "wagtailadmin_home": READ_ONLY,
    "admin/test404/": READ_ONLY,
    "admin/^.*/$": "reads only: it answers 404",
    "wagtailadmin_error_test": "reads only: it raises on purpose",
    "wagtailadmin_sprite": READ_ONLY,
    "wagtailadmin_javascript_catalog": READ_ONLY,
    "wagtailadmin_tag_autocomplete": READ_ONLY,
    "wagtailadmin_tag_model_autocomplete": READ_ONLY,
    "wagtailadmin_block_preview": READ_ONLY,
    "core_page_address": READ_ONLY,
    "feedback_reports": READ_ONLY,
    "feedback_reports_results": READ_ONLY,
    "feedback_report": "not about pages, because a report and its answer are never published",
    **dict.fromkeys(
        (
            f"wagtailadmin_api:{endpoint}:{view}"
            for endpoint in ("pages", "documents", "images")
            for view in ("listing", "detail", "find")
        ),
        READ_ONLY,
    ),
    **dict.fromkeys(
        (
            "wagtailadmin_choose_page",
            "wagtailadmin_choose_page_child",
            "wagtailadmin_choose_page_search",
            "wagtailadmin_choose_page_chosen_multiple",
            "wagtailadmin_choose_page_external_link",
            "wagtailadmin_choose_page_email_link",
            "wagtailadmin_choose_page_phone_link",
            "wagtailadmin_choose_page_anchor_link",
        ),
        CHOOSER,
    ),
    **dict.fromkeys(
        (
            f"wagtail{app}_chooser:{view}"
            for app in ("docs", "images")
            for view in ("choose", "choose_results", "chosen", "chosen_multiple")
        ),
        CHOOSER,
    ),
    "wagtailimages_chooser:select_format": CHOOSER,
    **dict.fromkeys(
        (
            f"wagtailadmin_reports:{report}{suffix}"
            for report in (
                "locked_pages",
                "workflow",
                "workflow_tasks",
                "site_history",
                "aging_pages",
                "page_types_usage",
            )
            for suffix in ("", "_results")
        ),
        READ_ONLY,
    ),
}
