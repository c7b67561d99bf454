"""Pages of the demo, one function per type: a row of the data files → an unsaved page."""

from django.utils.html import strip_tags

from brands.models import BrandFigure, BrandGalleryImage, BrandPage, BrandRecognition
from demo import sources
from district.checks import NUMBER_FIELDS
from home.models import HomeFigure, HomePillar, StandardPage
from news.models import NewsPage
from redstudy.models import RoutePage, RouteStop, StudyBasePage
from topics.models import TopicPage
from volunteering.models import BenefitRecord, VolunteerProjectPage

# Made up and seen to be so: production refuses to start with them (district.checks).
SITE_INFO = ("undertaker", "address", "phone", "email", "mark_kind", *NUMBER_FIELDS)


def picked(row: dict, *names: str) -> dict:
    """The named fields of `row` that it has."""
    return {name: row[name] for name in names if name in row}


def home_fields(row: dict) -> dict:
    """The text of a home page."""
    fields = picked(row, "tagline", "committee", "scheme_name", *SITE_INFO)
    fields["scheme_intro"] = strip_tags(row["scheme_intro"])
    fields["pillars"] = [HomePillar(**pillar) for pillar in row["pillars"]]
    fields["figures"] = [HomeFigure(**sources.figure(figure)) for figure in row.get("figures", [])]
    return fields


def standard_page(row: dict) -> StandardPage:
    return StandardPage(**picked(row, "title", "slug", "intro"), body=sources.body(row["body"]))


def school_fields(row: dict, cover) -> dict:
    """The fields of a SchoolPage, without its name."""
    fields = picked(row, "stage", "kind", "township", "address", "party_kind", "secretary")
    return fields | {
        "contact": row["contact"],
        "member_count": row["member_count"],
        "member_count_as_of": sources.days_ago(row["member_count_as_of_days_ago"]),
        "cover": cover,
        "body": sources.body(row["body"]),
    }


def brand(row: dict, cover, gallery: list[tuple]) -> BrandPage:
    """`gallery`: (image, caption) pairs."""
    fields = picked(row, "title", "slug", "kind", "slogan", "meaning", "mechanism_code")
    fields |= picked(row, "seal_characters", "seal_shape", "seal_style", "seal_colour")
    fields["figures"] = [BrandFigure(**sources.figure(figure)) for figure in row["figures"]]
    fields["recognitions"] = [BrandRecognition(**honour) for honour in row["recognitions"]]
    fields["gallery"] = [
        BrandGalleryImage(image=image, caption=caption) for image, caption in gallery
    ]
    return BrandPage(
        **fields,
        cover=cover,
        mechanism=[("group", group) for group in row["mechanism"]],
        body=sources.body(row["body"]),
    )


def news(row: dict, lead_image) -> NewsPage:
    page = NewsPage(
        **picked(row, "title", "slug", "kind", "summary", "source", "author_name", "editor_name"),
        event_date=sources.days_ago(row["event_days_ago"]) if "event_days_ago" in row else None,
        lead_image=lead_image,
        body=sources.body(row["body"]),
    )
    if "notice_in_days" in row:
        page.notice_until = sources.days_ago(-row["notice_in_days"])
    return page


def study_base(row: dict, cover) -> StudyBasePage:
    fields = picked(row, "title", "slug", "level", "address", "opening", "capacity", "contact")
    return StudyBasePage(
        **fields, status=row["status"], cover=cover, body=sources.body(row["body"])
    )


def route(row: dict, cover, safety_plan, bases: dict) -> RoutePage:
    """`bases`: slug → StudyBasePage."""
    fields = picked(row, "title", "slug", "summary", "theme_level", "duration_minutes")
    fields |= picked(row, "for_primary_upper", "for_junior", "for_senior", "distance_km")
    fields["stops"] = [RouteStop(**(stop | {"base": bases[stop["base"]]})) for stop in row["stops"]]
    return RoutePage(
        **fields,
        **picked(row, "contact_office", "filing_number"),
        review_date=sources.days_ago(-row["review_in_days"]),
        safety_plan=safety_plan,
        cover=cover,
        body=sources.body(row["body"]),
    )


def project(row: dict, cover) -> VolunteerProjectPage:
    fields = picked(row, "title", "slug", "summary", "service_type", "beneficiaries", "team")
    fields["benefit_records"] = [_record(*record) for record in row["records"]]
    return VolunteerProjectPage(
        **fields,
        **picked(row, "schedule", "contact"),
        cover=cover,
        body=sources.body(row["body"]),
    )


def _record(months: int, unit: str, quantity: int, evidence: str) -> BenefitRecord:
    day = sources.months_ago(months)
    evidence = evidence.replace("{ym}", f"{day:%Y-%m}")
    return BenefitRecord(date=day, unit=unit, quantity=quantity, evidence=evidence)


def topic(row: dict, banner, pages: dict) -> TopicPage:
    """`pages` are those loaded before, by "kind:slug"; a list leaves out what is not among them."""
    return TopicPage(
        **picked(row, "title", "slug", "summary"),
        banner=banner,
        starts_on=sources.days_ago(row["starts_days_ago"]),
        ends_on=sources.days_ago(row["ends_days_ago"]),
        intro=sources.body(row["intro"]),
        lists=[_topic_list(rule, pages) for rule in row["lists"]],
    )


def _topic_list(row: dict, pages: dict) -> tuple:
    if row["type"] == "chosen":
        public = [pages[key] for key in row["pages"] if key in pages]
        return "chosen", {"title": row["title"], "pages": public}
    # As a form would leave it: what is stored has every field.
    empty = {"words": "", "school": None, "since": None, "until": None}
    return "rule", empty | picked(row, "title", "kind", "number")
