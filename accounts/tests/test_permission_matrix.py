"""Every url of the project × every role × own and foreign agency × GET and POST. The rows: `<app>/tests/matrix.py`."""

import importlib
import importlib.util
import itertools
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import Role
from accounts.tests.matrix import ANONYMOUS, PLAYERS, Row
from conftest import make_user

APPS = ("accounts", "plans", "tasks", "reports")


SIGN_IN_PAGES = ("/tai-khoan/dang-nhap/", "/quan-tri/login/")


def rows(app: str) -> list[Row]:
    if importlib.util.find_spec(f"{app}.tests.matrix") is None:
        return []
    return importlib.import_module(f"{app}.tests.matrix").ROWS


def url_names(resolver=None, prefix: str = "") -> list[str]:
    """Every name the resolver knows; the maintainer's pages count as one."""
    names: list[str] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            names.append(f"{prefix}{pattern.name}")
        elif pattern.namespace == "admin":
            names.append("admin")
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += url_names(pattern, inner)
    return names


@pytest.fixture
def stage(world, request):
    """The world with a plan in it, if there is one, and the one stranger whom it lacks."""
    with suppress(pytest.FixtureLookupError):
        world = request.getfixturevalue("world_with_plan")
    world.stranger_inspector = make_user("ngoai5", "Tô Ngoại", world.other, Role.INSPECTOR)
    world.sessions = {role: session_of(getattr(world, name)) for role, name in PLAYERS.items()}
    # One client for each, made once: a client loads all middleware anew.
    everybody = enumerate((ANONYMOUS, *PLAYERS), start=1)
    world.clients = {role: Client(REMOTE_ADDR=f"10.0.0.{number}") for number, role in everybody}
    return world


def session_of(user) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_matrix_has_one_row_for_every_url():
    named = [row.url_name for app in APPS for row in rows(app)]

    assert sorted(set(url_names()) - set(named)) == [], "urls without a row"
    assert sorted(named) == sorted(url_names()), "rows without a url, or twice"


@pytest.mark.parametrize("app", APPS)
def test_urls_answer_each_role_as_their_rows_say(app, stage):
    wrong = {}
    for row in rows(app):
        with undone():
            wrong |= wrong_answers(row, stage)

    assert wrong == {}


def wrong_answers(row: Row, stage) -> dict[str, str]:
    kwargs = row.kwargs(stage) if row.kwargs else {}
    url = reverse("admin:index" if row.url_name == "admin" else row.url_name, kwargs=kwargs)
    wrong = {}
    for method, role in itertools.product(("GET", "POST"), (ANONYMOUS, *PLAYERS)):
        code, expected = answer(stage, url, method, role), row.expected(method, role)
        if code not in expected:
            wrong[f"{row.url_name} {method} {role}"] = f"{code}, not {expected}"
    return wrong


def answer(stage, url: str, method: str, role: str) -> int:
    """The code of one request, whose writes are undone so that the next one meets the same world."""
    client = stage.clients[role]
    client.cookies.clear()
    if role in PLAYERS:
        client.cookies[settings.SESSION_COOKIE_NAME] = stage.sessions[role]
    with undone():
        response = client.get(url) if method == "GET" else client.post(url)
    if (
        role == ANONYMOUS
        and response.status_code == 302
        and not response["Location"].startswith(SIGN_IN_PAGES)
    ):
        return -302  # sent elsewhere than to sign in: a stranger was let in
    return response.status_code


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
