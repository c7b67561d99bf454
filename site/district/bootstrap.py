"""The framework of a district: tree, groups, workflow, level rules. Can be run any time again."""

from typing import NamedTuple

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
from core.publishing.contexts import confirmed_change
from district.school_opening import shared_collection
from home.models import HomePage
from news.models import NewsIndexPage
from publication.initial_publication import Source, publish_initial
from redstudy.models import RouteIndexPage
from review.models.tasks import FinalApproval, SchoolReview, SectionReview
from roles.groups import OWN_FILES, grant_files, role_group
from roles.models import Level, LevelRule, ReviewSettings, Role
from schools.models import SchoolIndexPage
from topics.models import TopicIndexPage
from volunteering.models import VolunteerIndexPage

LANGUAGES = ("zh-hans", "en")
INDEXES = {
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
WORKFLOW = "三审三校"
ROOT = "根"
# What reviewers may choose from when they return an item; a district edits its own list.
REASONS = [
    "请核对领导姓名、职务和排序。",
    "请写明数据的来源和截至日期。",
    "图片与文字不符，请更换图片或改写说明。",
    "文中有个人信息，请删去或改为办公联系方式。",
    "标题过长或与内容不符，请改写。",
    "活动时间、地点不完整，请补充。",
]
SCHOOL_LEVELS = [Level.SCHOOL, Level.SECTION, Level.FINAL]
DISTRICT_LEVELS = [Level.SECTION, Level.FINAL]


class Words(NamedTuple):
    """What one page of the framework says in one language."""

    title: str
    intro: str = ""


DEFAULT_WORDS = {
    "zh-hans": {
        "home": Words("教育党建"),
        "brands": Words("一校一品", "一所学校，一枚印章，一段可以查证的实践。"),
        "schools": Words("学校", "全区各级各类学校及其党组织。"),
        "news": Words("新闻", "全区教育系统党建动态、公告与公示。"),
        "routes": Words("红色研学", "按学段走的红色研学线路与研学基地。"),
        "volunteering": Words("志愿服务", "党员教师长期在做的事，每个数字都有记录。"),
        "topics": Words("专题", "把同一件事的报道、品牌和线路放在一起读。"),
    },
    "en": {
        "home": Words("Party Building in Education"),
        "brands": Words("School brands", "One school, one seal, one practice that can be checked."),
        "schools": Words("Schools", "The schools of the district and their Party organisations."),
        "news": Words("News", "News, announcements and public notices of the district."),
        "routes": Words("Red-study routes", "Study routes and bases, arranged by grade."),
        "volunteering": Words("Volunteering", "What teachers do, year after year, with records."),
        "topics": Words("Topics", "What belongs together, gathered in one place."),
    },
}


@transaction.atomic
def bootstrap(
    hostname: str = "localhost",
    port: int = 80,
    words: dict | None = None,
    home_fields: dict | None = None,
) -> HomePage:
    """Make or complete the district at `hostname`; returns its Chinese HomePage.

    Args:
        words: language → {"home"/index slug: Words}, completing `DEFAULT_WORDS`.
        home_fields: language → fields of a new HomePage.
    """
    with confirmed_change():
        return _complete(hostname, port, words or {}, home_fields or {})


def _complete(hostname, port, words, home_fields) -> HomePage:
    homes = _homes(hostname, port, words, home_fields)
    for language, home in homes.items():
        for slug, model in INDEXES.items():
            _index(model, slug, home, _said(words, language, slug))
    home = homes["zh-hans"]
    _groups(home, homes.values())
    _workflow(homes.values())
    _rules(home)
    ReviewSettings.objects.get_or_create(
        district_key=home.translation_key, defaults={"reasons": REASONS}
    )
    return home


def _said(words: dict, language: str, name: str) -> Words:
    return words.get(language, {}).get(name) or DEFAULT_WORDS[language][name]


def _homes(hostname, port, words, home_fields) -> dict[str, HomePage]:
    site = Site.objects.filter(hostname=hostname).select_related("root_page").first()
    root = Page.get_first_root_node()
    chinese = site.root_page.specific if site else None
    if not isinstance(chinese, HomePage):
        chinese = _home(root, "zh-hans", words, home_fields)
        _site(site, hostname, port, chinese)
        _remove_stock(root)
    homes = {"zh-hans": chinese}
    for language in LANGUAGES[1:]:
        translated = chinese.get_translation_or_none(_locale(language))
        homes[language] = (
            translated.specific
            if translated
            else _home(root, language, words, home_fields, translation_key=chinese.translation_key)
        )
    return homes


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _home(root, language, words, home_fields, **more) -> HomePage:
    said = _said(words, language, "home")
    fields = {"tagline": said.intro} | home_fields.get(language, {}) | more
    page = HomePage(
        title=said.title,
        locale=_locale(language),
        live=False,
        **fields,
    )
    root.add_child(instance=page)
    root.refresh_from_db()
    return publish_initial(page, Source.SYSTEM)


def _site(site, hostname, port, home) -> None:
    if site is None:
        site = _stock_site() or Site(is_default_site=not Site.objects.exists())
    site.hostname, site.port = hostname, port
    site.root_page, site.site_name = home, home.title
    site.save()


def _stock_site() -> Site | None:
    """The site with the welcome page that Wagtail's first migration leaves behind."""
    sites = Site.objects.select_related("root_page__content_type")
    return next((site for site in sites if site.root_page.specific_class is Page), None)


def _remove_stock(root) -> None:
    # Wagtail's first migrations leave behind a welcome page, a one-step workflow at the root, two
    # groups that may publish everywhere, and two roots with an English name.
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    for page in root.get_children():
        if page.specific_class is Page and not page.sites_rooted_here.exists():
            page.delete()
    Page.objects.filter(pk=root.pk).update(title=ROOT, draft_title=ROOT)
    Collection.objects.filter(depth=1).update(name=ROOT)
    root.refresh_from_db()


def _index(model, slug: str, home: HomePage, said: Words):
    existing = model.objects.child_of(home).first()
    if existing:
        return existing
    source = model.objects.filter(slug=slug, locale__language_code=LANGUAGES[0]).filter(
        path__startswith=_chinese_home(home).path
    )
    page = model(title=said.title, intro=said.intro, slug=slug, locale=home.locale, live=False)
    if original := source.first():
        page.translation_key = original.translation_key
    home.add_child(instance=page)
    home.refresh_from_db()
    return publish_initial(page, Source.SYSTEM)


def _chinese_home(home: HomePage) -> HomePage:
    return HomePage.objects.get(
        translation_key=home.translation_key, locale__language_code=LANGUAGES[0]
    )


def _groups(home: HomePage, homes) -> None:
    for role in (Role.SECTION_REVIEWER, Role.FINAL_APPROVER):
        role_group(role, home)
    for each in homes:
        writers = role_group(Role.WEB_EDITOR, each)
    grant_files(writers, shared_collection(home), OWN_FILES)


def _workflow(homes) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    for order, (model, name) in enumerate(TASKS.items()):
        task = model.objects.first() or model.objects.create(name=name)
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=Task.objects.get(pk=task.pk), defaults={"sort_order": order}
        )
    for home in homes:
        WorkflowPage.objects.get_or_create(
            page=Page.objects.get(pk=home.pk), defaults={"workflow": workflow}
        )


def _rules(home: HomePage) -> None:
    for in_school, levels in ((True, SCHOOL_LEVELS), (False, DISTRICT_LEVELS)):
        LevelRule.objects.get_or_create(
            district_key=home.translation_key,
            in_school=in_school,
            content_type=None,
            defaults={"levels": [level.value for level in levels]},
        )
