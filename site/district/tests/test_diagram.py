"""The committed diagram of the models is the one that the command writes."""

from django.apps import apps
from django.conf import settings
from django.utils import translation

from district import diagram

COMMITTED = settings.ROOT / "docs/models.md"


def test_the_committed_diagram_is_fresh():
    assert COMMITTED.read_text(encoding="utf-8") == diagram.document(), "run: make models"


def test_it_does_not_depend_on_the_language():
    chinese = diagram.document()
    with translation.override("en"):
        assert diagram.document() == chinese


def test_it_shows_every_model_of_ours_and_describes_no_other():
    own = {app.label for app in diagram.own_apps()}
    assert {"accounts", "core", "schools"} <= own
    assert not own & {"wagtailcore", "auth", "taggit"}
    rows = [line for line in diagram.document().splitlines() if line.startswith("| `")]
    models = [model for model in apps.get_models() if model._meta.app_label in own]
    assert len(rows) == len(models)


def test_an_abstract_base_is_folded():
    """The school of `SchoolContent` and of nobody else: drawn at each model that inherits it."""
    text = diagram.document()
    assert "SchoolContent" not in text
    assert 'NewsPage "*" --> "0..1" SchoolPage : school' in text
    assert "Page <|-- NewsPage" in text
    assert "page_ptr" not in text
