"""Models of core, split by what they are: pages, media, figures."""

from .figures import TracedFigure
from .media import Document, Image, Rendition
from .pages import BasePage, Facet, IndexPage, listed_pages

__all__ = [
    "BasePage",
    "Document",
    "Facet",
    "Image",
    "IndexPage",
    "Rendition",
    "TracedFigure",
    "listed_pages",
]
