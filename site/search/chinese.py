"""What both search backends share: how index entries are written and how they are joined.

A search runs from the full-text index to the rows, in one join. Wagtail's own asks for the score
of every row in a query of its own, which takes minutes for common terms on SQLite.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, FloatField, Model, QuerySet, Value
from django.db.models.expressions import RawSQL
from wagtail.search.models import IndexEntry
from wagtail.search.query import SearchQuery
from wagtail.search.utils import get_content_type_pk, get_descendants_content_types_pks

from search.expressions import MATCH_ALL, MATCH_NONE, Dialect, compile_query
from search.extraction import TextPart, extract_text

ENTRIES = IndexEntry._meta.db_table
SCORE = "_score"
# How many tokens of a text are indexed, the length of a book: PostgreSQL's entries are limited.
MAX_TOKENS = 60_000


class ChineseIndex:
    """Writes index entries in one statement, in the tokens of `search.tokens`.

    A mixin for Wagtail's index classes, which have `entries`.
    """

    entries: Any

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        """Write the entries of `objs`, replacing older ones."""
        content_type = get_content_type_pk(model)
        entries = [
            IndexEntry(
                content_type_id=content_type, object_id=str(instance.pk), **self.columns(instance)
            )
            for instance in objs
        ]
        self.entries.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )

    def columns(self, instance: Model) -> dict[str, str]:
        """Return the values of the entry's columns."""
        indexed = extract_text(instance)
        return {name: self.column(name, parts) for name, parts in indexed._asdict().items()}

    def column(self, name: str, parts: list[TextPart]) -> str:
        """Return the value of one column of the entry."""
        raise NotImplementedError

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing: the weight of a title is fixed, and Wagtail would read the whole table."""


class ChineseCompiler:
    """Compiles a query for one engine and joins the matches to a queryset.

    A mixin for Wagtail's query compilers. Subclasses set `dialect` and `key_sql` and write the SQL
    of a match and of its rank.
    """

    dialect: Dialect
    # The primary key of the row that an index entry is about.
    key_sql: str
    is_autocomplete = False
    # Whether texts count for the order, where an engine would have to read each of them for it.
    rank_by_text = True

    # Attributes of Wagtail's compilers.
    query: SearchQuery
    queryset: QuerySet
    fields: list[str] | None
    order_by_relevance: bool

    def match_sql(self, text: str) -> tuple[list[str], list[str], list[str]]:
        """Return tables, conditions and parameters that join the entries that match `text`."""
        raise NotImplementedError

    def rank_sql(self, text: str) -> tuple[str, list[str]]:
        """Return the SQL of the rank of a match and its parameters."""
        raise NotImplementedError

    def searched_columns(self) -> tuple[str, ...]:
        """Return the columns of the entry to search: fields other than the title are the body."""
        if self.is_autocomplete:
            return ("title", "autocomplete")
        if self.fields is None:
            return ("title", "body")
        return tuple(dict.fromkeys("title" if name == "title" else "body" for name in self.fields))

    def search(
        self,
        config: Any,
        start: int | None,
        stop: int | None,
        score_field: str | None = None,
        backend: Any = None,
    ) -> QuerySet:
        """Return the matching rows, the best first unless the queryset's own order is kept."""
        score = score_field or SCORE
        rows = self.filter_queryset(self.queryset, score)
        # A negated query, or one for everything, has no score.
        if self.order_by_relevance and score in rows.query.annotations:
            rows = rows.order_by(F(score).desc(), "-pk")
        elif not rows.query.order_by:
            rows = rows.order_by("-pk")
        return rows[start:stop]

    def filter_queryset(self, queryset: QuerySet, score_field: str = SCORE) -> QuerySet:
        """Return the rows of `queryset` that match, annotated with their score.

        Its primary keys are those of `self.queryset.model`.
        """
        expression = compile_query(self.query, self.dialect, self.is_autocomplete)
        if expression == MATCH_NONE:
            return queryset.none().annotate(**{score_field: Value(0.0)})
        if expression == MATCH_ALL:
            return queryset
        if expression.negated:
            excluded = self._matching_rows(queryset.model._base_manager.all(), expression.text)
            return queryset.exclude(pk__in=excluded.values("pk"))
        rank, parameters = self.rank_sql(expression.text)
        score = RawSQL(rank, parameters, output_field=FloatField())  # noqa: S611 (our own SQL)
        return self._matching_rows(queryset, expression.text).annotate(**{score_field: score})

    def _matching_rows(self, queryset: QuerySet, text: str) -> QuerySet:
        tables, conditions, parameters = self.match_sql(text)
        types = get_descendants_content_types_pks(self.queryset.model)
        options = queryset.model._meta
        # Django has no other way to write a join without a foreign key.
        return queryset.extra(  # noqa: S610 (names of our own tables)
            tables=[ENTRIES, *tables],
            where=[
                *conditions,
                # "+ 0" keeps the planner from an index on types, which are nearly all the rows.
                f'"{ENTRIES}"."content_type_id" + 0 IN ({", ".join(map(str, sorted(types)))})',
                f'"{options.db_table}"."{options.pk.column}" = {self.key_sql}',
            ],
            params=parameters,
        )
