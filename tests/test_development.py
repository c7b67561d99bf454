"""`make dev` shows the demo accounts at the login; nothing else ever does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from district.dev.templatetags.demo_accounts import demo_accounts
from tests.helpers import migrated_database
from tests.helpers.repository import ROOT

SET_UP = 'import sys; sys.path[:0] = [".", "site"]; import django; django.setup()\n'
SHOW_LOGIN = """
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
get_user_model().objects.create_user("wangqing", is_sample=True)
answer = Client(HTTP_HOST="127.0.0.1").get("/admin/login/")
print(answer.status_code, answer.content.decode())
"""
SETTINGS = """
from django.conf import settings
print(settings.DEBUG, *settings.INSTALLED_APPS)
"""


def run(code: str, settings: str, folder: Path, **environment) -> str:
    """What `code` prints under these settings, with everything it writes in `folder`."""
    completed = subprocess.run(
        [sys.executable, "-c", SET_UP + code],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | environment | {
            "DJANGO_SETTINGS_MODULE": f"district.settings.{settings}",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "VAR_DIR": str(folder),
        },
    )  # fmt: skip
    return completed.stdout


def test_the_login_of_make_dev_shows_the_accounts_that_exist(tmp_path):
    migrated_database.copy_to_file(tmp_path / "db.sqlite3")
    html = run(SHOW_LOGIN, "dev", tmp_path)
    assert html.startswith("200 ")
    assert "<code>wangqing</code>" in html
    assert "<code>lishuji</code>" not in html, "it is in the demo, but not in this database"


@pytest.mark.parametrize("settings", ["local", "production"])
def test_other_settings_do_not_even_have_the_code(settings, tmp_path):
    environment = {
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "a.example",
        "BASE_URL": "https://a.example",
    }
    debug, *apps = run(SETTINGS, settings, tmp_path, **environment).split()
    assert debug == "False"
    assert "district" in apps
    assert "district.dev" not in apps


def test_the_login_screen_shows_nobody_elsewhere(client, db):
    get_user_model().objects.create_user("wangqing", is_sample=True)
    assert "wangqing" not in client.get("/admin/login/").content.decode()


@pytest.mark.parametrize(("debug", "production"), [(False, False), (True, True), (False, True)])
def test_the_list_is_empty_without_debug_and_in_production(db, settings, debug, production):
    get_user_model().objects.create_user("wangqing", is_sample=True)
    settings.LOGIN_ACCOUNTS = "demo.start.account_rows"
    settings.DEBUG, settings.PRODUCTION = True, False
    assert [row[0] for row in demo_accounts()] == ["wangqing"]
    settings.DEBUG, settings.PRODUCTION = debug, production
    assert demo_accounts() == []
