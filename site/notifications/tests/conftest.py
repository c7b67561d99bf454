"""Fixtures of the tests of e-mails: somebody who receives them, and a server that fails."""

import pytest
from django.core import mail


@pytest.fixture
def recipient(district):
    """Somebody with an address."""
    user = district.reviewer1
    user.email = "reviewer1@example.invalid"
    user.save()
    return user


@pytest.fixture
def failing_server(monkeypatch):
    """A mail server that fails with `failing_server.error`, as long as there is one."""

    class Server:
        error: Exception | None = ConnectionRefusedError("no server")
        tries = 0

    def send(self, messages):
        Server.tries += 1
        if Server.error:
            raise Server.error
        mail.outbox.extend(messages)
        return len(messages)

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    return Server
