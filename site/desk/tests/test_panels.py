"""The first screen of the admin: panels of other apps, in their order, to those they are for."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

import desk


class TextPanel(Component):
    """A panel that shows its text."""

    def __init__(self, text: str, order: int):
        self.text, self.order = text, order

    def render_html(self, parent_context=None):
        return self.text


@pytest.fixture
def first_screen(client, district):
    """Show the first screen to a person of the district; return its HTML."""

    def show(user) -> str:
        client.force_login(user)
        response = client.get(reverse("wagtailadmin_home"))
        assert response.status_code == 200
        return response.content.decode()

    return show


def test_a_registered_panel_is_shown_in_its_place(first_screen, district):
    later, earlier = TextPanel("panel of the later order", 2), TextPanel("panel of the first", 1)
    with hooks.register_temporarily(
        [
            ("register_desk_panel", lambda request: later),
            ("register_desk_panel", lambda request: earlier),
        ]
    ):
        html = first_screen(district.editor1)
    assert html.index(earlier.text) < html.index(later.text)


def test_a_panel_is_shown_only_to_the_people_it_is_for(first_screen, district):
    def register_panel(request):
        return TextPanel("for the web editor", 1) if request.user == district.web_editor else None

    with hooks.register_temporarily("register_desk_panel", register_panel):
        assert "for the web editor" in first_screen(district.web_editor)
        assert "for the web editor" not in first_screen(district.editor1)


@pytest.mark.parametrize("name", ["editor1", "reviewer1", "section", "admin"])
def test_nobody_waits_for_wagtails_slow_panels(client, district, name):
    client.force_login(getattr(district, name))
    panels = client.get(reverse("wagtailadmin_home")).context["panels"]
    assert panels
    names = {type(panel).__name__ for panel in panels}
    assert not names & {
        "WorkflowObjectsToModeratePanel",
        "UserObjectsInWorkflowModerationPanel",
        "LockedPagesPanel",
    }


def test_the_desk_imports_no_other_app():
    modules = {
        node.module.partition(".")[0]
        for path in Path(desk.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert modules <= {"django", "wagtail"}
