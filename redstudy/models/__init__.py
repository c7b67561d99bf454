"""Models of red study, split by page type."""

from .bases import StudyBasePage
from .indexes import RouteIndexPage
from .routes import RoutePage, RouteStop

__all__ = ["RouteIndexPage", "RoutePage", "RouteStop", "StudyBasePage"]
