"""Models of red study, split by what a reader sees."""

from .bases import StudyBasePage
from .indexes import RouteIndexPage
from .routes import RoutePage, RouteStop

__all__ = ["RouteIndexPage", "RoutePage", "RouteStop", "StudyBasePage"]
