"""Creating or completing a district: page tree, groups, workflow, level rules. Idempotent."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from brands.models import BrandIndexPage
from change_requests.addresses import record_site
from core.models import IndexPage
from core.publishing.contexts import confirmed_change
from district.school_opening import shared_collection
from home.models import HomePage
from news.models import NewsIndexPage
from publication.initial_publication import Source, publish_initial
from redstudy.models import RouteIndexPage
from review.models.tasks import FinalApproval, SchoolReview, SectionReview
from roles.groups import OWN_FILES, grant_files, role_group
from roles.models import APPOINTED_ROLES, Level, LevelRule, ReviewSettings, Role
from schools.models import SchoolIndexPage
from topics.models import TopicIndexPage
from volunteering.models import VolunteerIndexPage

LANGUAGES = ("zh-hans", "en")
# Slug → type.
INDEXES: dict[str, type[IndexPage]] = {
    "brands": BrandIndexPage,
    "schools": SchoolIndexPage,
    "news": NewsIndexPage,
    "routes": RouteIndexPage,
    "volunteering": VolunteerIndexPage,
    "topics": TopicIndexPage,
}
TASKS = {
    SchoolReview: "一审 学校审核",
    SectionReview: "二审 科室审核",
    FinalApproval: "三审 教工委终审",
}
WORKFLOW_NAME = "三审三校"
ROOT_TITLE = "根"
# Reasons that reviewers may choose when they return an item; a district edits its own list.
RETURN_REASONS = [
    "请核对领导姓名、职务和排序。",
    "请写明数据的来源和截至日期。",
    "图片与文字不符，请更换图片或改写说明。",
    "文中有个人信息，请删去或改为办公联系方式。",
    "标题过长或与内容不符，请改写。",
    "活动时间、地点不完整，请补充。",
]
SCHOOL_LEVELS = [Level.SCHOOL, Level.SECTION, Level.FINAL]
DISTRICT_LEVELS = [Level.SECTION, Level.FINAL]


class PageText(NamedTuple):
    """The text of a page that the system creates, in one language."""

    title: str
    intro: str = ""


# Language → "home" or the slug of an index page → its text.
Texts = dict[str, dict[str, PageText]]
DEFAULT_TEXTS: Texts = {
    "zh-hans": {
        "home": PageText("教育党建"),
        "brands": PageText("一校一品", "一所学校，一枚印章，一段可以查证的实践。"),
        "schools": PageText("学校", "全区各级各类学校及其党组织。"),
        "news": PageText("新闻", "全区教育系统党建动态、公告与公示。"),
        "routes": PageText("红色研学", "按学段走的红色研学线路与研学基地。"),
        "volunteering": PageText("志愿服务", "党员教师长期在做的事，每个数字都有记录。"),
        "topics": PageText("专题", "把同一件事的报道、品牌和线路放在一起读。"),
    },
    "en": {
        "home": PageText("Party Building in Education"),
        "brands": PageText(
            "School brands", "One school, one seal, one practice that can be checked."
        ),
        "schools": PageText(
            "Schools", "The schools of the district and their Party organisations."
        ),
        "news": PageText("News", "News, announcements and public notices of the district."),
        "routes": PageText("Red-study routes", "Study routes and bases, arranged by grade."),
        "volunteering": PageText(
            "Volunteering", "What teachers do, year after year, with records."
        ),
        "topics": PageText("Topics", "What belongs together, gathered in one place."),
    },
}


@transaction.atomic
def bootstrap(
    hostname: str = "localhost",
    port: int = 80,
    texts: Texts | None = None,
    home_fields: dict[str, dict[str, Any]] | None = None,
) -> HomePage:
    """Create or complete the district at `hostname` and return its Chinese home page.

    Args:
        texts: completes `DEFAULT_TEXTS`.
        home_fields: language → fields of a new HomePage.
    """
    with confirmed_change():
        return _complete(hostname, port, texts or {}, home_fields or {})


def _complete(
    hostname: str, port: int, texts: Texts, home_fields: dict[str, dict[str, Any]]
) -> HomePage:
    homes = _get_or_create_homes(hostname, port, texts, home_fields)
    for language, home in homes.items():
        for slug, model in INDEXES.items():
            _get_or_create_index(model, slug, home, _text_of(texts, language, slug))
    home = homes[LANGUAGES[0]]
    _create_groups(home, homes.values())
    _create_workflow(homes.values())
    _create_level_rules(home)
    ReviewSettings.objects.get_or_create(
        district_key=home.translation_key, defaults={"reasons": RETURN_REASONS}
    )
    return home


def _text_of(texts: Texts, language: str, name: str) -> PageText:
    return texts.get(language, {}).get(name) or DEFAULT_TEXTS[language][name]


def _get_or_create_homes(
    hostname: str, port: int, texts: Texts, home_fields: dict[str, dict[str, Any]]
) -> dict[str, HomePage]:
    """Return language → home page."""
    site = Site.objects.filter(hostname=hostname).select_related("root_page").first()
    root = Page.get_first_root_node()
    chinese = site.root_page.specific if site else None
    if not isinstance(chinese, HomePage):
        chinese = _create_home(root, LANGUAGES[0], texts, home_fields)
        _save_site(site, hostname, port, chinese)
        _remove_wagtail_defaults(root)
    homes = {LANGUAGES[0]: chinese}
    for language in LANGUAGES[1:]:
        translation = chinese.get_translation_or_none(_get_or_create_locale(language))
        if translation:
            homes[language] = translation.specific
        else:
            homes[language] = _create_home(
                root, language, texts, home_fields, translation_key=chinese.translation_key
            )
    return homes


def _get_or_create_locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _create_home(
    root: Page,
    language: str,
    texts: Texts,
    home_fields: dict[str, dict[str, Any]],
    **more_fields: Any,
) -> HomePage:
    text = _text_of(texts, language, "home")
    fields = {"tagline": text.intro} | home_fields.get(language, {}) | more_fields
    locale = _get_or_create_locale(language)
    page = HomePage(title=text.title, locale=locale, live=False, **fields)
    root.add_child(instance=page)
    root.refresh_from_db()
    return publish_initial(page, Source.SYSTEM)


def _save_site(site: Site | None, hostname: str, port: int, home: HomePage) -> None:
    if site is None:
        site = _default_site() or Site(is_default_site=not Site.objects.exists())
    site.hostname, site.port = hostname, port
    site.root_page, site.site_name = home, home.title
    site.save()
    record_site(site)


def _default_site() -> Site | None:
    """Return the site with the welcome page that Wagtail's first migration creates."""
    sites = Site.objects.select_related("root_page__content_type")
    return next((site for site in sites if site.root_page.specific_class is Page), None)


def _remove_wagtail_defaults(root: Page) -> None:
    # Wagtail's first migrations create a welcome page, a one-step workflow at the root, two groups
    # that may publish everywhere, and two roots with an English name.
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    for page in root.get_children():
        if page.specific_class is Page and not page.sites_rooted_here.exists():
            page.delete()
    Page.objects.filter(pk=root.pk).update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    Collection.objects.filter(depth=1).update(name=ROOT_TITLE)
    root.refresh_from_db()


def _get_or_create_index(
    model: type[IndexPage], slug: str, home: HomePage, text: PageText
) -> IndexPage:
    existing = model.objects.child_of(home).first()
    if existing:
        return existing
    page = model(title=text.title, intro=text.intro, slug=slug, locale=home.locale, live=False)
    originals = model.objects.filter(slug=slug, locale__language_code=LANGUAGES[0])
    original = originals.filter(path__startswith=_chinese_home(home).path).first()
    if original:
        page.translation_key = original.translation_key
    home.add_child(instance=page)
    home.refresh_from_db()
    return publish_initial(page, Source.SYSTEM)


def _chinese_home(home: HomePage) -> HomePage:
    return HomePage.objects.get(
        translation_key=home.translation_key, locale__language_code=LANGUAGES[0]
    )


def _create_groups(home: HomePage, homes: Iterable[HomePage]) -> None:
    for role in APPOINTED_ROLES:
        # Those of a school are made when it is opened.
        if role != Role.SCHOOL_REVIEWER:
            role_group(role, home)
    for each in homes:
        editors = role_group(Role.WEB_EDITOR, each)
    grant_files(editors, shared_collection(home), OWN_FILES)


def _create_workflow(homes: Iterable[HomePage]) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    for order, (model, name) in enumerate(TASKS.items()):
        task = model.objects.first() or model.objects.create(name=name)
        # An existing district may have got a level in the middle: the later ones move up.
        WorkflowTask.objects.update_or_create(
            workflow=workflow, task=Task.objects.get(pk=task.pk), defaults={"sort_order": order}
        )
    for home in homes:
        WorkflowPage.objects.get_or_create(
            page=Page.objects.get(pk=home.pk), defaults={"workflow": workflow}
        )


def _create_level_rules(home: HomePage) -> None:
    for in_school, levels in ((True, SCHOOL_LEVELS), (False, DISTRICT_LEVELS)):
        LevelRule.objects.get_or_create(
            district_key=home.translation_key,
            in_school=in_school,
            content_type=None,
            defaults={"levels": [level.value for level in levels]},
        )
