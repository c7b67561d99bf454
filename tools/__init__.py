"""Tools of the developers; no part of the site, which imports nothing from here."""
