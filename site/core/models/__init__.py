"""Models of core: pages, media, figures, levels."""

from core.media.file_authors import FileAuthor
from core.media.models import Document, Image, Rendition
from core.media.reviewed_files import FileLock

from .figures import TracedFigure
from .honour_levels import HonourLevel
from .index_pages import IndexPage
from .metadata import Facet
from .pages import BasePage
from .selected import as_listed, listed_pages

__all__ = [
    "BasePage",
    "Document",
    "Facet",
    "FileAuthor",
    "FileLock",
    "HonourLevel",
    "Image",
    "IndexPage",
    "Rendition",
    "TracedFigure",
    "as_listed",
    "listed_pages",
]
