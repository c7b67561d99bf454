"""Every override of Wagtail has a row in docs/wagtail-overrides.md, every row its override."""

import re

import pytest
from wagtail.models import PagePermissionTester

from admin_policy.tests import wagtail_overrides

DOCUMENT = wagtail_overrides.ROOT / "docs/wagtail-overrides.md"
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|(?: `([0-9a-f]{64})` \|)?$", re.MULTILINE)
# Heading of the document → what finds the overrides.
SECTIONS = {
    "Templates": wagtail_overrides.overridden_templates,
    "Methods of models": wagtail_overrides.overridden_model_methods,
    "Classes": wagtail_overrides.replaced_classes,
    "Attributes of libraries' classes": wagtail_overrides.patched_attributes,
    "Hooks that change Wagtail's own views": wagtail_overrides.changing_hooks,
    "Management commands": wagtail_overrides.overridden_commands,
    "Scripts in the admin": wagtail_overrides.admin_scripts,
}


def rows_of(section: str) -> dict[str, tuple[str, str]]:
    """Return the override → (reason, hash) of one table of the document."""
    text = DOCUMENT.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    return {name: (reason, digest) for name, reason, digest in ROW.findall(text)}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_override_has_a_row_with_its_reason(section):
    rows, overrides = rows_of(section), set(SECTIONS[section]())
    assert overrides - set(rows) == set(), f"write down why, in {DOCUMENT.name}"
    assert set(rows) - overrides == set(), f"not overridden any more: delete it in {DOCUMENT.name}"
    assert all(len(reason) > 10 for reason, _digest in rows.values())


def test_no_original_of_an_overridden_template_has_changed():
    documented = {name: digest for name, (_reason, digest) in rows_of("Templates").items()}
    changed = {
        name: digest
        for name, digest in wagtail_overrides.overridden_templates().items()
        if documented.get(name) != digest
    }
    assert changed == {}, "compare the library's template with ours, then write these hashes down"


def test_an_override_is_found(tmp_path, monkeypatch):
    """The search sees a new template and a new assignment to a class of Wagtail."""
    app = tmp_path / "home"
    template = app / "templates/wagtailadmin/skeleton.html"
    template.parent.mkdir(parents=True)
    template.write_text("")
    (app / "patch.py").write_text("from wagtail.models import Page\n\nPage.live = None\n")
    config = type("Config", (), {"path": str(app), "name": "home"})()
    monkeypatch.setattr(wagtail_overrides, "ROOT", tmp_path)
    monkeypatch.setattr(wagtail_overrides, "own_apps", lambda: [config])
    assert "home/templates/wagtailadmin/skeleton.html" in wagtail_overrides.overridden_templates()
    assert wagtail_overrides.patched_attributes() == {"Page.live"}


# Those that say what a person may do with a page; ours goes through them one by one.
KNOWN_PERMISSIONS = {
    "can_add_subpage", "can_copy", "can_copy_to", "can_delete", "can_edit", "can_lock",
    "can_move", "can_move_to", "can_publish", "can_publish_subpage", "can_reorder_children",
    "can_set_view_restrictions", "can_submit_for_moderation", "can_unlock", "can_unpublish",
    "can_unschedule", "can_view_revisions",
}  # fmt: skip


def test_a_permission_that_is_new_in_wagtail_is_looked_at():
    names = {name for name in dir(PagePermissionTester) if name.startswith("can_")}
    assert names == KNOWN_PERMISSIONS, "say in DistrictPagePermissionTester who has it, or nobody"
