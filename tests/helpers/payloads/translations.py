"""wagtail-localize: translations and aliases."""

from django.contrib.auth.models import AbstractUser
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.helpers.payloads.post import READ_ONLY, Payload, Post, post_to_each
from tests.helpers.scenario import Scenario


def submit(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Begin translations of whole subtrees."""
    pages = (scenario.live, scenario.school, scenario.home, scenario.indexes[0])
    form = {"locales": [scenario.english.locale_id], "include_subtree": "on"}
    return post_to_each(pages, form)


def update(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Publish the translations of a source."""
    form = {"publish_translations": "on"}
    return [Post((source_id,), form) for source_id in scenario.translation_source_ids]


def upload(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Import a .po file."""
    file = SimpleUploadedFile("a.po", b'msgid ""\nmsgstr ""\n')
    return [Post((scenario.translation.pk,), {"file": file})]


def edit_string(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Translate one string."""
    segment = scenario.translation.source.stringsegment_set.first()
    return [Post((scenario.translation.pk, segment.pk), {"text": "value=Swapped"}, method="put")]


def convert_to_alias(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Make a page an alias of its source."""
    return post_to_each((scenario.live, scenario.indexes[1]))


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            "wagtail_localize:javascript_catalog",
            "wagtail_localize:translations_report",
            "wagtail_localize:translations_report_results",
            "wagtail_localize:download_pofile",
            "wagtail_localize:preview_translation",
            "wagtail_localize:snippets_api_listing",
            "wagtail_localize:snippets_api_detail",
        ),
        READ_ONLY,
    ),
    "wagtail_localize:submit_snippet_translation": "not about pages, because there are no snippets",
    "wagtail_localize:submit_page_translation": submit,
    "wagtail_localize:update_translations": update,
    "wagtail_localize:edit_string_translation": edit_string,
    "wagtail_localize:edit_override": "not about pages, because an override is a draft's value",
    "wagtail_localize:upload_pofile": upload,
    "wagtail_localize:machine_translate": upload,
    "wagtail_localize:stop_translation": upload,
    "wagtail_localize:convert_to_alias": convert_to_alias,
}
