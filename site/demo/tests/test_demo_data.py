"""The demo content is complete, its parts agree, and it holds nothing that may not be published."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "rencheng"
FILES = sorted(DATA.rglob("*.json"))
KINDS = {"headline", "activity", "announcement", "public_notice", "case"}
STAGES = {
    "kindergarten",
    "primary",
    "junior",
    "nine_year",
    "senior",
    "vocational",
    "special",
    "office",
}
STATES = {
    "live",
    "draft",
    "waiting_school",
    "waiting_section",
    "waiting_final",
    "returned_school",
    "returned_section",
    "returned_final",
    "live_with_new_draft",
}
MOTIFS = {
    "bridge",
    "canal",
    "roofs",
    "lanterns",
    "moongate",
    "rainbow",
    "library",
    "classroom",
    "orchard",
    "press",
    "lotus",
    "railway",
}
SERVICES = {
    "tutoring",
    "psychology",
    "family",
    "community",
    "culture",
    "environment",
    "care",
}
BLOCKS = {"paragraph", "heading", "quote", "figures", "people", "table"}


def load(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def news():
    return [
        row
        for path in sorted((DATA / "news").glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def slugs(rows):
    found = [row["slug"] for row in rows]
    assert len(found) == len(set(found)), Counter(found).most_common(3)
    return set(found)


def walk(value):
    """Every dict below a value, depth first."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for child in value.values() if isinstance(value, dict) else value:
            yield from walk(child)


def test_counts():
    assert len(load("schools.json")) >= 16
    assert len(load("brands.json")) >= 16
    assert len(news()) >= 60
    assert len(load("routes.json")["bases"]) == 20
    assert len(load("routes.json")["routes"]) == 6
    assert len(load("projects.json")) == 8
    assert len(load("district.json")["home"]["pillars"]) == 5


def test_every_kind_is_present():
    assert {row["stage"] for row in load("schools.json")} == STAGES
    assert {row["kind"] for row in news()} == KINDS
    assert {row["state"] for row in news()} == STATES
    assert {row["kind"] for row in load("brands.json")} == {"school", "branch"}
    assert {row["service_type"] for row in load("projects.json")} == SERVICES
    statuses = Counter(row["status"] for row in load("routes.json")["bases"])
    assert statuses == {"open": 19, "suspended": 1}


def test_references_between_files_resolve():
    schools = slugs(load("schools.json"))
    brands, routes, projects = load("brands.json"), load("routes.json"), load("projects.json")
    bases = slugs(routes["bases"])
    known = {
        "news": slugs(news()),
        "brand": slugs(brands),
        "route": slugs(routes["routes"]),
        "project": slugs(projects),
    }
    for row in [*brands, *news(), *routes["routes"], *projects]:
        assert row["school"] is None or row["school"] in schools, row["slug"]
    for row in brands:
        for kind, _, slug in (link.partition(":") for link in row["related"]):
            assert slug in known[kind], (row["slug"], slug)
    for route in routes["routes"]:
        assert {stop["base"] for stop in route["stops"]} <= bases, route["slug"]


def test_a_school_has_one_brand_of_its_own():
    owners = Counter(row["school"] for row in load("brands.json") if row["kind"] == "school")
    assert set(owners.values()) == {1}


@pytest.mark.parametrize("brand", load("brands.json"), ids=lambda row: row["slug"])
def test_brand_mechanism_and_seal(brand):
    assert [len(group["parts"]) for group in brand["mechanism"]] == [
        int(digit) for digit in brand["mechanism_code"]
    ]
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,4}", brand["seal_characters"])
    assert brand["seal_shape"] in {"square", "round"}
    assert brand["seal_style"] in {"relief", "intaglio"}


def test_recognitions_are_only_those_of_the_report():
    found = Counter(mark["level"] for row in load("brands.json") for mark in row["recognitions"])
    assert found == {"city": 5, "district": 1}
    real = {row["slug"] for row in load("schools.json") if row["real_name"]}
    for row in load("brands.json"):
        assert row["slogan_is_fact"] == (row["school"] in real and row["kind"] == "school")
        assert row["slogan_is_fact"] or not row["recognitions"]


def test_home_figures_are_facts():
    facts = {row["key"]: row for row in load("facts.json")["figures"]}
    figures = load("district.json")["home"]["figures"]
    assert [figure["value"] for figure in figures] == [38, 151, 32, 16, 10]
    for figure in figures:
        fact = facts[figure["fact"]]
        assert all(figure[key] == fact[key] for key in ("value", "unit", "as_of", "source"))


def test_every_figure_says_when_and_whence():
    figures = [
        row
        for path in FILES
        for row in walk(json.loads(path.read_text(encoding="utf-8")))
        if {"label", "value", "unit"} <= row.keys()
    ]
    assert figures
    for row in figures:
        assert row["source"], row
        assert row.keys() & {"as_of", "as_of_days_ago"}, row


@pytest.mark.parametrize("item", news(), ids=lambda row: row["slug"])
def test_news_item(item):
    assert 0 <= item["days_ago"] <= 400
    assert item["event_days_ago"] >= item["days_ago"]
    assert item["title"] and item["summary"] and item["source"] and item["author_name"]
    assert sum(block["type"] == "paragraph" for block in item["body"]) >= 2
    assert ("notice_in_days" in item) == (item["kind"] == "public_notice")
    assert ("comment" in item) == item["state"].startswith("returned_")
    assert ("new_draft" in item) == (item["state"] == "live_with_new_draft")
    if item["state"].startswith("live"):
        assert item["editor_name"]
    if item["kind"] in {"announcement", "public_notice"}:
        assert item["days_ago"] <= 183


def test_the_site_is_fresh():
    live = [row for row in news() if row["state"] == "live"]
    assert sum(row["days_ago"] <= 14 for row in live) >= 8
    assert sum(row.get("notice_in_days", -1) > 0 for row in live) >= 3


def test_routes_run_between_open_bases_and_add_up():
    data = load("routes.json")
    usable = {row["slug"] for row in data["bases"] if row["status"] == "open"}
    for route in data["routes"]:
        stops = route["stops"]
        assert 4 <= len(stops) <= 7
        assert {stop["base"] for stop in stops} <= usable
        assert stops[0]["travel_minutes"] == 0
        total = sum(stop["minutes"] + stop["travel_minutes"] for stop in stops)
        assert route["duration_minutes"] == total
        assert any(route[f"for_{band}"] for band in ("primary_upper", "junior", "senior"))
        assert route["safety_plan"]["points"] and route["contact_office"]
    assert sum(route["school"] is None for route in data["routes"]) == 3


def test_benefit_records_cover_two_years():
    for project in load("projects.json"):
        rows = project["records"]
        assert 24 <= len(rows) <= 40, project["slug"]
        assert max(row[0] for row in rows) == 23
        for months_ago, unit, quantity, evidence in rows:
            assert 0 <= months_ago <= 23
            assert unit in {"person_times", "hours", "sessions", "households"}
            assert quantity > 0
            assert "{ym}" in evidence


def test_pictures_name_known_motifs():
    for path in FILES:
        for row in walk(json.loads(path.read_text(encoding="utf-8"))):
            if "motif" in row:
                assert row["motif"] in MOTIFS
                assert row["caption"]
    for name in ("schools.json", "brands.json", "projects.json"):
        assert all(row["cover"] for row in load(name))


def test_bodies_use_known_blocks_and_even_tables():
    for path in FILES:
        for row in walk(json.loads(path.read_text(encoding="utf-8"))):
            for block in row.get("body", []):
                assert block["type"] in BLOCKS
                if block["type"] == "table":
                    rows = block["value"]["rows"]
                    assert len(rows) > 1
                    assert len({len(cells) for cells in rows}) == 1, block["value"]["caption"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_that_may_not_be_published(path):
    text = path.read_text(encoding="utf-8")
    for misprint in ("党旗旗下", "贯穿穿", "星级评定星级评定"):
        assert misprint not in text
    assert not re.search(r"(?<!\d)\d{11}(?!\d)", text), "a number of eleven digits"
    assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text), "an identity number"
    for word in ("升学率", "状元", "重点率", "喜报"):
        assert word not in text
