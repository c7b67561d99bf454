"""The random secret of one machine, made at first run and kept in the folder of runtime files."""

import os
import secrets
from pathlib import Path


def machine_secret(folder: Path) -> str:
    """Return the secret in `folder/secret`, making it (readable by its owner alone) if missing."""
    path = folder / "secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            # Two processes started at once: the other one has made it.
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
