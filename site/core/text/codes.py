"""Codes that people copy from paper or say on the telephone."""

import secrets

# Without characters that are mistaken for one another: 32 of them, 5 bits each.
CODE_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def random_code(length: int) -> str:
    """Return so many characters that nobody can guess."""
    return "".join(secrets.choice(CODE_CHARACTERS) for _each in range(length))
