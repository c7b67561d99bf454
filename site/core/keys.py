"""Primary keys as requests name them."""

# Longer numbers are no keys of any database.
MAX_DIGITS = 18


def parse_key(text: object) -> int:
    """Return the number that a posted or stored text is, if it is written as a key is; else 0.

    Django also reads “+7”, “ 7” and “1_21” as numbers: who compares texts would miss them.
    """
    digits = str(text)
    is_canonical = digits.isascii() and digits.isdecimal() and not digits.startswith("0")
    return int(digits) if is_canonical and len(digits) <= MAX_DIGITS else 0
