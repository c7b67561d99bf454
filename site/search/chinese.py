"""What both search backends have in common: how entries are written and how they are joined.

The search runs from the full-text index to the rows, in one join. Wagtail's own asks for the score
of every row in a query of its own, which takes minutes for common words on SQLite.
"""

from django.db.models import F, FloatField, Value
from django.db.models.expressions import RawSQL
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_content_type_pk, get_descendants_content_types_pks

from search.expressions import EVERYTHING, NOTHING, expression_of
from search.extraction import extract_of

ENTRIES = IndexEntry._meta.db_table
SCORE = "_score"
# So many tokens of a text are indexed, the length of a book: PostgreSQL's entries have an end.
MOST_TOKENS = 60_000


class ChineseIndex:
    """Writes an entry with one statement, in the tokens of `search.tokens`."""

    def add_items(self, model, objs):
        """Write the entries of `objs`, over older ones."""
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

    def columns(self, instance) -> dict[str, str]:
        """The values of the entry's columns."""
        extract = extract_of(instance)
        return {name: self.column(name, parts) for name, parts in extract._asdict().items()}

    def _refresh_title_norms(self, full=False):
        """Nothing: the weight of a title is fixed, and this reads the whole table at every save."""


class ChineseCompiler:
    """Compiles a query for one engine and joins what it finds to a queryset.

    Subclasses name the `engine` and write the SQL of a match and of its rank.
    """

    typing = False
    # Whether texts count for the order, where an engine would read each of them for that.
    closely = True

    def searched_columns(self) -> tuple[str, ...]:
        """The columns of the entry to look in: `fields` other than the title are the body."""
        if self.typing:
            return ("title", "autocomplete")
        if self.fields is None:
            return ("title", "body")
        return tuple(dict.fromkeys("title" if name == "title" else "body" for name in self.fields))

    def search(self, config, start, stop, score_field=None, backend=None):
        """The rows found, the best first unless the queryset has an order to keep."""
        score = score_field or SCORE
        found = self.joined(self.queryset, score)
        # A negated query, or one for everything, has no score.
        if self.order_by_relevance and score in found.query.annotations:
            found = found.order_by(F(score).desc(), "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]

    def joined(self, queryset, score_field: str = SCORE):
        """`queryset`, whose keys are those of `self.queryset.model`, narrowed to what is found."""
        expression = expression_of(self.query, self.engine, self.typing)
        if expression == NOTHING:
            return queryset.none().annotate(**{score_field: Value(0.0)})
        if expression == EVERYTHING:
            return queryset
        if expression.negated:
            unwanted = self._matched(queryset.model._base_manager.all(), expression.text)
            return queryset.exclude(pk__in=unwanted.values("pk"))
        rank, parameters = self.rank_sql(expression.text)
        score = RawSQL(rank, parameters, output_field=FloatField())  # noqa: S611 (our own SQL)
        return self._matched(queryset, expression.text).annotate(**{score_field: score})

    def _matched(self, queryset, text: str):
        tables, conditions, parameters = self.match_sql(text)
        types = get_descendants_content_types_pks(self.queryset.model)
        options = queryset.model._meta
        # Django has no other way to write a join without a foreign key.
        return queryset.extra(  # noqa: S610 (names of our own tables)
            tables=[ENTRIES, *tables],
            where=[
                *conditions,
                # "+ 0": no index on types, which are nearly all the rows, is to be tried first.
                f'"{ENTRIES}"."content_type_id" + 0 IN ({", ".join(map(str, sorted(types)))})',
                f'"{options.db_table}"."{options.pk.column}" = {self.key_sql}',
            ],
            params=parameters,
        )
