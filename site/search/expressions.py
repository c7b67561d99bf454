"""Compilation of Wagtail's query objects into an expression of a full-text engine.

SQLite has no NOT of its own, only "this but not that", so a part that is only negated is kept as
such until it is combined with another.
"""

from collections.abc import Sequence
from typing import NamedTuple

from wagtail.search.query import (
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from search.tokens import QueryTerm, parse_query


class Dialect(NamedTuple):
    """How a full-text engine writes its expressions."""

    token: str
    followed_by: str
    phrase: str
    # A phrase whose last token is a prefix.
    prefix_phrase: str
    and_operator: str
    or_operator: str
    and_not_operator: str

    def term(self, term: QueryTerm) -> str:
        """Return the expression of a term: its tokens in order, or its letters as a prefix."""
        alternatives = [self._phrase(term.tokens, term.is_prefix)]
        if term.latin:
            alternatives.append(self._phrase((term.latin,), is_prefix=True))
        return join_operands(self.or_operator, list(dict.fromkeys(alternatives)))

    def _phrase(self, tokens: tuple[str, ...], is_prefix: bool) -> str:
        template = self.prefix_phrase if is_prefix else self.phrase
        return template % self.followed_by.join(self.token % token for token in tokens)


SQLITE = Dialect("%s", " ", '"%s"', '"%s" *', " AND ", " OR ", " NOT ")
# In brackets: “not” binds closer than “followed by”.
POSTGRESQL = Dialect("'%s'", " <-> ", "(%s)", "(%s:*)", " & ", " | ", " & !")


class AnyTerm(SearchQuery):
    """A query that any of its terms matches."""

    def __init__(self, terms: list[QueryTerm]):
        self.terms = terms

    def __repr__(self) -> str:
        return f"<AnyTerm {self.terms!r}>"


class Expression(NamedTuple):
    """An expression, or the negation of one; without a text it matches nothing."""

    text: str = ""
    negated: bool = False

    def negate(self) -> "Expression":
        """Return the expression of everything else."""
        return self._replace(negated=not self.negated)


MATCH_NONE, MATCH_ALL = Expression(), Expression(negated=True)


def compile_query(query: SearchQuery, dialect: Dialect, autocomplete: bool = False) -> Expression:
    """Return the expression of a query tree; with `autocomplete` a text may end in a prefix.

    Raises:
        NotImplementedError: the tree holds a query object of an unknown class.
    """

    def compile_part(part: SearchQuery) -> Expression:
        match part:
            case MatchAll():
                return MATCH_ALL
            case Not():
                return compile_part(part.subquery).negate()
            case Boost():
                return compile_part(part.subquery)
            case And():
                return _and([compile_part(subquery) for subquery in part.subqueries], dialect)
            case Or():
                return _or([compile_part(subquery) for subquery in part.subqueries], dialect)
            case AnyTerm():
                alternatives = [dialect.term(term) for term in part.terms]
                return Expression(join_operands(dialect.or_operator, alternatives))
            case PlainText() | Phrase() | Fuzzy():
                terms = parse_query(part.query_string, autocomplete)
                combine = _or if getattr(part, "operator", "and") == "or" else _and
                operands = [Expression(dialect.term(term)) for term in terms]
                # Marks alone match nothing; an "and" of no terms would match everything.
                return combine(operands, dialect) if operands else MATCH_NONE
        raise NotImplementedError(f"no expression for {type(part).__name__}")

    return compile_part(query)


def _and(operands: Sequence[Expression], dialect: Dialect) -> Expression:
    if MATCH_NONE in operands:
        return MATCH_NONE
    wanted = [operand.text for operand in operands if not operand.negated]
    unwanted = [operand.text for operand in operands if operand.negated and operand.text]
    if not wanted:
        return Expression(join_operands(dialect.or_operator, unwanted), negated=True)
    text = join_operands(dialect.and_operator, wanted)
    if not unwanted:
        return Expression(text)
    excluded = join_operands(dialect.or_operator, unwanted)
    return Expression(join_operands(dialect.and_not_operator, [text, excluded]))


def _or(operands: Sequence[Expression], dialect: Dialect) -> Expression:
    if MATCH_ALL in operands:
        return MATCH_ALL
    wanted = [operand.text for operand in operands if not operand.negated and operand.text]
    if len(wanted) == len([operand for operand in operands if operand.text]):
        return Expression(join_operands(dialect.or_operator, wanted))
    # A or B is what is neither not-A nor not-B.
    return _and([operand.negate() for operand in operands], dialect).negate()


def join_operands(operator: str, operands: list[str]) -> str:
    """Return the operands of one level in one pair of brackets: parsers nest only so deep."""
    return f"({operator.join(operands)})" if len(operands) > 1 else "".join(operands)
