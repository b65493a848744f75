"""The yardstick: the same base template, the same rows and columns, one query, no thought."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from bench.fill import Ward
from bench.pages import PAGES

BARE = """{% extends "base.html" %}
{% block content %}<h1>{{ words }}</h1>
<table class="table">{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>
{% endblock %}"""

# The ward that is looked at: set by bench/run.py before the first request.
shown: list[Ward] = []
_compiled: list = []


def bare(request: HttpRequest, number: int) -> HttpResponse:
    page = PAGES[number]
    rows = page.rows(shown[0]).values_list(*page.columns)
    if not _compiled:
        _compiled.append(engines["django"].from_string(BARE))
    return HttpResponse(_compiled[0].render({"words": page.words, "rows": rows}, request))


urlpatterns = [path("bare/<int:number>/", bare, name="bare"), path("", include("danvan.urls"))]
