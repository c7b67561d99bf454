"""Changes beside the record, as somebody makes them who owns the database or the disk."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from audit import record
from audit.hash_chain import GENESIS, hash_of
from audit.models import RecordEntry, RecordHead
from core.models import Document
from core.tests.factories import make_image
from roles.groups import role_group
from roles.models import LevelRule, Role
from tests.helpers.content import Activation, corrections
from tests.helpers.district import build_decision, decide, fresh

NOW = timezone.now


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def make_document(collection):
    document = Document(title="附件", collection=collection)
    document.file = ContentFile(b"%PDF-1", name="a.pdf")
    document.save()
    document.get_file_hash()
    return document


def another_image(scene):
    image = make_image(40, 30, collection=scene.schools[0].collection)
    image.get_file_hash()
    return image


def entry(page, kind):
    return RecordEntry.objects.filter(page_id=page.pk, kind=kind).last()


def rewrite_chain():
    """Compute every hash anew, as the owner of the database can."""
    previous = GENESIS
    for each in RecordEntry.objects.order_by("pk"):
        each.previous = previous
        each.hash = hash_of(each)
        sql(
            "UPDATE audit_recordentry SET previous = %s, hash = %s WHERE id = %s",
            f"x{each.pk}",
            f"y{each.pk}",
            each.pk,
        )
        sql(
            "UPDATE audit_recordentry SET previous = %s, hash = %s WHERE id = %s",
            each.previous,
            each.hash,
            each.pk,
        )
        previous = each.hash
    RecordHead.objects.update(hash=previous, length=RecordEntry.objects.count())


def cut_the_end(scene):
    last = RecordEntry.objects.last()
    sql("DELETE FROM audit_recordentry WHERE id = %s", last.pk)
    RecordHead.objects.update(hash=last.previous, length=RecordEntry.objects.count())


def exchange(file, content):
    with file.file.storage.open(file.file.name, "wb") as stored:
        stored.write(content)


def table_sql(statement, *values):
    """A row of the table: this statement; `"page.pk"` is an attribute of the scene."""

    def change(scene):
        sql(statement, *(_value_of(scene, value) for value in values))

    return change


def _value_of(scene, value):
    if not isinstance(value, str):
        return value
    name, _dot, attribute = value.partition(".")
    return getattr(getattr(scene, name), attribute)


def lose_an_original(scene):
    image = another_image(scene)
    image.file.storage.delete(image.file.name)


def lower_the_rule(scene):
    sql(
        "UPDATE roles_levelrule SET levels = %s WHERE id = %s",
        '["school", "section"]',
        LevelRule.objects.get(in_school=True).pk,
    )


def add_member(scene):
    group = role_group(Role.FINAL_APPROVER, scene.home)
    sql(
        "INSERT INTO accounts_user_groups (user_id, group_id) VALUES (%s, %s)",
        scene.editor1.pk,
        group.pk,
    )


def add_redirect(scene):
    sql(
        "INSERT INTO wagtailredirects_redirect (old_path, is_permanent, redirect_link, site_id, "
        "automatically_created, redirect_page_route_path) VALUES (%s, %s, %s, NULL, %s, '')",
        "/alt",
        True,
        "https://evil.example/",
        False,
    )


def add_slot(scene):
    sql(
        'INSERT INTO curation_slotentry (home_id, slot, target_id, starts_on, "order") '
        "VALUES (%s, %s, %s, %s, 0)",
        scene.home.pk,
        "brands",
        scene.page.pk,
        NOW().date(),
    )


def add_promoted_result(scene):
    sql(
        "INSERT INTO search_promotedresult (words, page_id) VALUES (%s, %s)",
        "党建",
        scene.page.pk,
    )


def add_restriction(scene):
    sql(
        "INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password) "
        "VALUES (%s, 'login', '')",
        scene.page.pk,
    )


def add_an_approval_by_the_author(scene):
    """Appended by code, with a chain that is whole: only the authors tell."""
    approval = entry(scene.page, "approval")
    sql("UPDATE audit_recordentry SET user_id = %s WHERE id = %s", scene.editor1.pk, approval.pk)
    rewrite_chain()


def publish_by_fewer_levels(scene):
    publication = entry(scene.page, "publication")
    sql(
        "UPDATE audit_recordentry SET levels = %s WHERE id = %s",
        '["school", "section"]',
        publication.pk,
    )
    rewrite_chain()


def forget_the_authors(scene):
    """The uploader approves, and the gate's own list is emptied."""
    approval = RecordEntry.objects.filter(page_id=scene.page.pk, level="section").last()
    sql(
        "INSERT INTO core_fileauthor (content_type_id, object_id, form, user_id, user_name, at) "
        "VALUES (%s, %s, '', %s, 'x', %s)",
        ContentType.objects.get_for_model(Document).pk,
        str(scene.document.pk),
        approval.user_id,
        NOW() - timedelta(days=1),
    )


def rewrite_an_opinion(scene):
    approval = entry(scene.page, "approval")
    sql("UPDATE audit_recordentry SET opinion = 'x' WHERE id = %s", approval.pk)
    rewrite_chain()


def lend_a_role(scene):
    """A role by SQL, an approval in order, and the role taken away again."""
    group = role_group(Role.FINAL_APPROVER, scene.home)
    values = (scene.colleague2.pk, group.pk)
    sql("INSERT INTO accounts_user_groups (user_id, group_id) VALUES (%s, %s)", *values)
    for person in (scene.reviewer1, scene.section, scene.colleague2):
        assert decide(fresh(scene.waiting), person) is None
    sql("DELETE FROM accounts_user_groups WHERE user_id = %s AND group_id = %s", *values)


def hide_a_correction(scene):
    """Who corrected the text approves it: the revision names somebody else."""
    task_state = fresh(scene.waiting).current_workflow_task_state
    text = fresh(scene.waiting).get_latest_revision_as_object()
    text.slogan = "更正后"
    digest = build_decision(fresh(scene.waiting)).digest
    corrections.correct(task_state, scene.reviewer1, text, "改一句。", digest)
    sql(
        "UPDATE wagtailcore_revision SET user_id = %s WHERE id = %s",
        scene.editor1.pk, fresh(scene.waiting).latest_revision_id,
    )  # fmt: skip
    for person in (scene.reviewer1, scene.section, scene.final):
        assert decide(fresh(scene.waiting), person) is None


def switch_on(scene):
    scene.section2.is_active = False
    scene.section2.save()
    sql("UPDATE accounts_user SET is_active = %s WHERE id = %s", True, scene.section2.pk)


def plant_an_activation(scene):
    Activation.objects.create(
        user=scene.final,
        change_request_id=1,
        link_by=scene.editor1,
        needs_code=False,
        expires_at=NOW() + timedelta(days=1),
    )


def change_alone(scene):
    """Both halves of a change by the same person, in a chain that is whole."""
    detail = {"proposal": 7, "kind": "redirect", "payload": {"action": "x", "old_path": "/x"}}
    for status in ("pending", "confirmed"):
        record.append_without_content(
            "change", "改址", user=scene.admin, detail=detail | {"status": status, "words": []}
        )
