"""The screens of the admin that each role has, and where the demo's pages lie."""

SCHOOL = "东门大街小学"
# What the demo's people have written themselves in Latin letters, and where its pages lie.
PLACES_SCRIPT = """
import json
from accounts.models import User
from core.models import Document, Image
from home.models import HomePage
from news.models import NewsIndexPage
from redstudy.models import RouteIndexPage
from schools.models import SchoolPage
from topics.models import TopicIndexPage
from brands.models import BrandPage
from wagtail.models import Page, TaskState
chinese = {"locale__language_code": "zh-hans"}
school = SchoolPage.objects.get(title="SCHOOL")
brand = BrandPage.objects.descendant_of(school).live().first()
waiting = [str(s.workflow_state.object_id) for s in TaskState.objects.filter(status="in_progress")]
print(json.dumps({
    "home": HomePage.objects.get(**chinese).pk,
    "news": NewsIndexPage.objects.get(**chinese).pk,
    "topics": TopicIndexPage.objects.get(**chinese).pk,
    "routes": RouteIndexPage.objects.get(**chinese).pk,
    "school": school.pk,
    "brand": brand.pk,
    "waiting": waiting[:3],
    "image": Image.objects.filter(collection=school.collection).first().pk,
    "written": [
        *Page.objects.exclude(**chinese).values_list("title", flat=True),
        *Page.objects.values_list("slug", flat=True),
        *User.objects.values_list("username", flat=True),
        *Image.objects.values_list("title", flat=True),
        *Document.objects.values_list("title", flat=True),
    ],
}))
""".replace("SCHOOL", SCHOOL)

# Screens that look different to each role.
EVERY_ROLE = ["/admin/", "/admin/pages/{home}/"]
SCHOOL_SCREENS = ["/admin/pages/", "/admin/pages/{school}/",
           "/admin/pages/{school}/?q=校", "/admin/account/", "/admin/no-such-page/"]  # fmt: skip
EDITOR_SCREENS = ["/admin/images/", "/admin/images/add/", "/admin/documents/",
           "/admin/documents/multiple/add/", "/admin/reports/aging-pages/"]  # fmt: skip
SCREENS = {
    "school_editor": [
        *SCHOOL_SCREENS,
        *EDITOR_SCREENS,
        "/admin/images/{image}/",
        "/admin/pages/{school}/add_subpage/",
        "/admin/pages/{school}/edit/",
        "/admin/pages/{brand}/edit/",
        "/admin/pages/{brand}/history/",
        "/admin/pages/{brand}/usage/",
        "/admin/pages/{brand}/delete/",
        "/admin/pages/{brand}/copy/",
        "/admin/pages/{brand}/revisions/compare/live...latest/",
    ],
    "school_reviewer": [],
    "section_reviewer": [],
    "final_approver": [],
    "web_editor": [
        *EDITOR_SCREENS,
        "/admin/pages/{home}/add_subpage/",
        "/admin/pages/{home}/edit/",
    ],
    "system_administrator": [
        *SCHOOL_SCREENS, *EDITOR_SCREENS,
        "/admin/users/", "/admin/users/new/", "/admin/groups/", "/admin/groups/new/",
        "/admin/sites/", "/admin/sites/new/", "/admin/collections/", "/admin/collections/add/",
        "/admin/redirects/", "/admin/redirects/add/", "/admin/redirects/import/",
        "/admin/workflows/list/", "/admin/workflows/tasks/index/", "/admin/locales/",
        "/admin/reports/locked/", "/admin/reports/page-types-usage/",
        "/admin/reports/site-history/", "/admin/reports/workflow/",
    ],
}  # fmt: skip
FORMS = {
    "brand": ("school_editor", "/admin/pages/add/brands/brandpage/{school}/"),
    "news": ("school_editor", "/admin/pages/add/news/newspage/{school}/"),
    "route": ("school_editor", "/admin/pages/add/redstudy/routepage/{school}/"),
    "project": ("school_editor", "/admin/pages/add/volunteering/volunteerprojectpage/{school}/"),
    "district news": ("web_editor", "/admin/pages/add/news/newspage/{news}/"),
    "base": ("web_editor", "/admin/pages/add/redstudy/studybasepage/{routes}/"),
    "topic": ("web_editor", "/admin/pages/add/topics/topicpage/{topics}/"),
    "standing page": ("web_editor", "/admin/pages/add/home/standardpage/{home}/"),
}
