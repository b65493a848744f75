"""Plans of many shapes: each at or above the goals, with nothing invented."""

import pytest

from plans.tests.importing.scoring import GOALS, SAMPLES, documents, score_document

SHAPES = documents(SAMPLES / "shapes")


@pytest.fixture(scope="module")
def scores():
    return {path.name: score_document(path) for path in SHAPES}


@pytest.mark.parametrize("name", [path.name for path in SHAPES])
@pytest.mark.parametrize("measure", GOALS)
def test_shape_reaches_the_goal(name, measure, scores):
    assert scores[name].rates[measure] >= GOALS[measure], "\n".join(scores[name].wrong)


@pytest.mark.parametrize("name", [path.name for path in SHAPES])
def test_shape_invents_nothing(name, scores):
    assert scores[name].invented == 0, "\n".join(scores[name].wrong)


def test_every_kind_of_file_is_there():
    assert {path.suffix for path in SHAPES} == {".docx", ".pdf", ".txt", ".md"}
