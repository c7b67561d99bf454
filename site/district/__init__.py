"""The site as a whole: settings, addresses, commands."""

__version__ = "0.1.0"
