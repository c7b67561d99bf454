"""Search with typos, for queries that match nothing: pages with terms one edit away.

Of a Latin term every variant is searched for. A term in characters with one of them wrong, missing
or added still has the right beginning and end: the index is asked for those, and each text that it
returns is then matched exactly.
"""

import re
from string import ascii_lowercase

from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Or, Phrase, SearchQuery

from search.expressions import AnyTerm
from search.folding import INNER_MARK, WORD_SEPARATOR, fold
from search.queries import COLUMNS, SearchResults, filter_entries, public_entries
from search.tokens import LATIN, QueryTerm, normalized_terms

# Shorter terms are taken as they are; longer ones are cut.
MIN_LENGTH, MAX_LENGTH, MAX_LATIN_LENGTH = 4, 24, 18
MAX_CANDIDATES = 200
# A query of more terms is no typo, and matching its texts takes long.
MAX_TERMS = 5


def search_similar(query: str, home: Page) -> SearchResults:
    """Return the public pages with every term of `query`, each with at most one typo."""
    terms = [term[:MAX_LENGTH] for term in normalized_terms(query)]
    if len(terms) > MAX_TERMS or not any(len(term) >= MIN_LENGTH for term in terms):
        return SearchResults([])
    candidates = filter_entries(
        And([_candidate_query(term) for term in terms]), public_entries(home)
    )
    candidates = candidates.order_by("-_score", "-published_at", "-pk")
    columns = (*COLUMNS, "page__title", "written__text")
    with get_search_backend().planner_settings():
        rows = list(candidates.values_list(*columns)[:MAX_CANDIDATES])
    patterns = [re.compile(typo_pattern(term)) for term in terms if not LATIN.fullmatch(term)]
    matching_rows = [row for row in rows if _matches(patterns, *row[-2:])]
    matching_rows.sort(key=lambda row: not _matches(patterns, row[-2], ""))
    return SearchResults([row[: len(COLUMNS)] for row in matching_rows])


def typo_pattern(term: str) -> str:
    """Return the regular expression of `term` and of what is one edit away from it."""
    exact = re.escape(term)
    if len(term) < MIN_LENGTH:
        return exact
    alternatives = [exact]
    for position in range(len(term)):
        before, rest, after = term[:position], term[position:], term[position + 1 :]
        added = "." if position > 0 else ""
        alternatives += [
            f"{re.escape(before)}.{re.escape(after)}",
            re.escape(before + after),
            f"{re.escape(before)}{added}{re.escape(rest)}",
        ]
    return "|".join(dict.fromkeys(alternatives))


def latin_variants(term: str) -> list[str]:
    """Return `term` and every Latin term that is one edit away from it."""
    variants = [term]
    for position in range(len(term) + 1):
        before, after, rest = term[:position], term[position:], term[position + 1 :]
        variants += [before + letter + after for letter in ascii_lowercase]
        variants += [before + letter + rest for letter in ascii_lowercase if after]
        if after and len(term) > MIN_LENGTH:
            variants.append(before + rest)
    return list(dict.fromkeys(variants))


def _candidate_query(term: str) -> SearchQuery:
    """Return the query that matches at least everything with `term` or one of its typos."""
    if len(term) < MIN_LENGTH:
        return Phrase(term)
    if LATIN.fullmatch(term):
        variants = latin_variants(term[:MAX_LATIN_LENGTH])
        return AnyTerm([QueryTerm((variant,), is_prefix=True) for variant in variants])
    return Or([_around(term[:position], term[position + 1 :]) for position in range(len(term))])


def _around(before: str, after: str) -> SearchQuery:
    return And([Phrase(part) for part in (before, after) if part])


def _matches(patterns: list[re.Pattern[str]], title: str, text: str) -> bool:
    """Return whether a page has all the terms that are written in characters."""
    folded = fold(f"{title} {text}").replace(INNER_MARK, "")
    # Between characters a comma or a space makes no difference.
    texts = (folded.replace(WORD_SEPARATOR, ""), folded)
    return all(any(pattern.search(each) for each in texts) for pattern in patterns)
