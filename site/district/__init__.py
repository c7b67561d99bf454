"""The site as a whole: settings, URLs, commands."""

__version__ = "0.1.0"
