"""Every installed management command, and what it can do to the public site.

A new command, ours or a package's, fails until somebody has looked at it and entered it here.
"""

from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import transaction
from wagtail.models import Page, Revision

from admin_policy.management.commands import loaddata
from audit.models import RecordEntry
from review import queue
from review.models.queue import QueueItem
from tests.helpers.district import brand_draft, fresh, submit
from tests.helpers.invariant import publication_errors
from tests.helpers.publish_attempts import public_page, public_state


@dataclass(frozen=True)
class Command:
    """What a command can do to the public site, and why; how to try it, if that proves it."""

    can: str
    because: str
    args: tuple = ()


CANNOT, GATE, REFUSES = "cannot publish", "goes through the gate", "refuses"
SHELL = (
    "by itself; what is typed there meets the write guard, and raw SQL breaks the record's proof"
)
COMMANDS = {
    # --- ours
    "bootstrap": Command(GATE, "publishes the framework of a district; leaves alone what exists"),
    "demo": Command(GATE, "publishes marked samples; never under production settings"),
    "open_school": Command(GATE, "publishes an empty SchoolPage"),
    "run_due": Command(GATE, "publishes exactly what was approved, at its time"),
    "work": Command(GATE, "sends letters and runs what is due, run_due among it"),
    "rebuild_queue": Command(CANNOT, "lists anew what waits; decides and publishes nothing"),
    "rebuild_search": Command(CANNOT, "lists anew what can be found; what is public stays so"),
    "verify_record": Command(CANNOT, "reads and says whether the record holds"),
    "renditions": Command(CANNOT, "makes sizes of pictures that live pages show already"),
    "serve": Command(CANNOT, "serves what there is"),
    "maintenance": Command(CANNOT, "closes the whole site, and opens it as it was"),
    "open_district": Command(CANNOT, "makes the first people of a district, once; on the record"),
    "appoint_administrator": Command(CANNOT, "makes an administrator; on the record, and told"),
    "after_restore": Command(CANNOT, "ends sessions and gives public pictures new addresses"),
    "model_diagram": Command(CANNOT, "writes a document about the code"),
    # --- what would change what is public
    "publish_scheduled": Command(REFUSES, "publishes and takes down past the gate"),
    "publish_scheduled_pages": Command(REFUSES, "publishes and takes down past the gate"),
    "move_pages": Command(REFUSES, "gives public pages other addresses", ("1", "2")),
    "sync_locale_trees": Command(REFUSES, "makes live aliases in every language"),
    "import_redirects": Command(REFUSES, "makes redirects without a second person"),
    "loaddata": Command(REFUSES, "writes rows past every guard", ("x.json",)),
    "flush": Command(REFUSES, "empties the record with all the rest"),
    # --- Wagtail: looked at, and tried below where it touches pages
    "fixtree": Command(CANNOT, "mends the tree's bookkeeping and gives no new places"),
    "set_url_paths": Command(CANNOT, "computes addresses from slugs, which is what they are"),
    "purge_revisions": Command(CANNOT, "deletes old versions; those that prove something are kept"),
    "create_log_entries_from_revisions": Command(CANNOT, "writes the history of the admin"),
    "convert_mariadb_uuids": Command(CANNOT, "alters columns of another database"),
    "rebuild_references_index": Command(CANNOT, "counts again which page shows which file"),
    "show_references_index": Command(CANNOT, "prints"),
    "wagtail_update_image_renditions": Command(CANNOT, "makes sizes anew from the same originals"),
    "wagtail_update_index": Command(CANNOT, "fills the search index from what is stored"),
    "update_index": Command(CANNOT, "fills the search index from what is stored"),
    "purge_embeds": Command(CANNOT, "forgets previews of videos; none are used"),
    "enable_fuzzystrmatch": Command(CANNOT, "switches on an extension of PostgreSQL"),
    "enable_trigram": Command(CANNOT, "switches on an extension of PostgreSQL"),
    "enable_unaccent": Command(CANNOT, "switches on an extension of PostgreSQL"),
    "deduplicate_tags": Command(CANNOT, "merges tags, which no page shows"),
    "remove_orphaned_tags": Command(CANNOT, "deletes tags, which no page shows"),
    # --- Django
    "changepassword": Command(REFUSES, "leaves no entry of who may sign in as whom", ("final",)),
    "createsuperuser": Command(REFUSES, "makes an administrator without an entry"),
    "check": Command(CANNOT, "reads"),
    "clearsessions": Command(CANNOT, "forgets old logins"),
    "collectstatic": Command(CANNOT, "copies style sheets and scripts"),
    "compilemessages": Command(CANNOT, "compiles translations of the interface"),
    "createcachetable": Command(CANNOT, "makes an empty table"),
    "dbshell": Command(CANNOT, SHELL),
    "diffsettings": Command(CANNOT, "prints"),
    "dumpdata": Command(CANNOT, "reads"),
    "findstatic": Command(CANNOT, "prints"),
    "inspectdb": Command(CANNOT, "prints"),
    "makemessages": Command(CANNOT, "writes catalogues of the interface"),
    "makemigrations": Command(CANNOT, "writes files"),
    "migrate": Command(CANNOT, "runs reviewed migrations, none of which makes pages"),
    "optimizemigration": Command(CANNOT, "writes files"),
    "remove_stale_contenttypes": Command(CANNOT, "deletes what belongs to models that are gone"),
    "runserver": Command(CANNOT, "serves what there is"),
    "sendtestemail": Command(CANNOT, "sends a letter"),
    "shell": Command(CANNOT, SHELL),
    "showmigrations": Command(CANNOT, "prints"),
    "sqlflush": Command(CANNOT, "prints"),
    "sqlmigrate": Command(CANNOT, "prints"),
    "sqlsequencereset": Command(CANNOT, "prints"),
    "squashmigrations": Command(CANNOT, "writes files"),
    "startapp": Command(CANNOT, "writes files"),
    "startproject": Command(CANNOT, "writes files"),
    "test": Command(CANNOT, "uses a database of its own"),
    "testserver": Command(CANNOT, "uses a database of its own"),
}
REFUSING = [name for name, command in COMMANDS.items() if command.can == REFUSES]


def test_every_command_has_been_looked_at():
    assert set(get_commands()) - set(COMMANDS) == set(), "look at it and enter it above"
    assert {command.can for command in COMMANDS.values()} == {CANNOT, GATE, REFUSES}
    assert all(command.because for command in COMMANDS.values())


@pytest.mark.parametrize("name", REFUSING)
def test_it_refuses_with_a_pointer(district, settings, name):
    settings.FLUSH_ALLOWED = False
    page = public_page(district)
    before, entries = public_state(), RecordEntry.objects.count()
    with pytest.raises(CommandError) as refusal:
        call_command(name, *COMMANDS[name].args)
    assert len(str(refusal.value)) > 20, "it says what to do instead"
    assert public_state() == before
    assert RecordEntry.objects.count() == entries
    assert fresh(page).live


@pytest.mark.parametrize("argv", [[], ["--dryrun"], ["3", "4", "--nonsense"]])
def test_whatever_the_arguments_it_refuses_on_the_command_line(argv, capsys):
    for name in ("publish_scheduled", "move_pages", "import_redirects"):
        with pytest.raises(SystemExit) as end:
            load_command_class(get_commands()[name], name).run_from_argv(["manage.py", name, *argv])
        assert end.value.code == 1
    assert capsys.readouterr().err


@pytest.mark.parametrize("name", ["fixtree", "set_url_paths", "purge_revisions"])
def test_it_leaves_what_is_public(district, one_by_one, name):
    public_page(district)
    before = public_state()
    with transaction.atomic():
        options = {"interactive": False} if name == "fixtree" else {}
        call_command(name, **options, verbosity=0)
    assert public_state() == before
    assert publication_errors() == []


def test_the_tree_is_not_numbered_anew(district):
    """Places are part of what was approved: all of it would stand there unproved."""
    with pytest.raises(CommandError):
        call_command("fixtree", interactive=False, full=True, verbosity=0)
    assert publication_errors() == []


@pytest.fixture
def one_by_one(monkeypatch):
    """Each deletion in a transaction of its own, as outside of tests."""
    delete = Revision.delete

    def apart(revision):
        with transaction.atomic():
            return delete(revision)

    monkeypatch.setattr(Revision, "delete", apart)


def test_the_queue_is_rebuilt_as_often_as_one_likes(district, capsys):
    """What waits waits again, nobody is asked anew, and nothing is public by it."""
    public_page(district)
    page = brand_draft(district.schools[0], district.editor1, kind="branch", title="二")
    submit(page, district.editor1)
    before, entries = public_state(), RecordEntry.objects.count()
    for damage in (lambda: QueueItem.objects.all().delete(), lambda: None):
        damage()
        call_command("rebuild_queue")
        assert [item.title for item in queue.waiting_for(district.reviewer1)] == ["二"]
        assert not queue.waiting_for(district.editor1).exists()
    assert "1" in capsys.readouterr().out
    assert (public_state(), RecordEntry.objects.count()) == (before, entries)


def test_purging_versions_forgets_no_author(district, one_by_one):
    """Two write, the older version is purged: both still count as authors."""
    page = brand_draft(district.schools[0], district.colleague)
    page.slogan = "第二位作者"
    page.save_revision(user=district.editor1)
    call_command("purge_revisions", days=0, pages=True, verbosity=0)
    authors = Revision.objects.filter(object_id=str(page.pk)).values_list("user_id", flat=True)
    assert set(authors) == {district.colleague.pk, district.editor1.pk}


def test_purging_versions_keeps_what_the_record_names(district, one_by_one):
    page = public_page(district)
    approved = page.live_revision_id
    later = page.get_latest_revision_as_object()
    for slogan in ("一", "二"):
        later.slogan = slogan
        later.save_revision(user=district.editor1)
    call_command("purge_revisions", days=0, pages=True, verbosity=0)
    assert Revision.objects.filter(pk=approved).exists()
    assert Page.objects.get(pk=page.pk).live_revision_id == approved
    assert publication_errors() == []


def test_a_draft_still_goes_with_its_versions(district):
    page = brand_draft(district.schools[0], district.editor1)
    page.delete()
    assert not Revision.objects.filter(object_id=str(page.pk)).exists()


def test_an_empty_installation_takes_a_whole_database(district, tmp_path, monkeypatch):
    """As in operations.md: from SQLite to PostgreSQL. Here the guards alone are asked."""
    public_page(district)
    before, dump = public_state(), tmp_path / "dump.json"
    models = ("wagtailcore.page", "wagtailcore.site", "wagtailcore.revision", "brands.brandpage")
    call_command("dumpdata", *models, "audit.recordentry", output=str(dump), verbosity=0)
    with pytest.raises(CommandError):
        call_command("loaddata", str(dump), verbosity=0)
    monkeypatch.setattr(loaddata, "require_empty_record", lambda: None)
    call_command("loaddata", str(dump), verbosity=0)
    assert public_state() == before
    assert publication_errors() == []
