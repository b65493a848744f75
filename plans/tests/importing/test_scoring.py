"""The exam's own arithmetic: what counts as right, as missed and as invented."""

from plans.tests.importing.scoring import HEADER, Score, score_reading


def task(**said):
    usual = {
        "path": "II/1",
        "text": "Tổ chức hội nghị.",
        "lead": [],
        "coordinating": [],
        "due": [],
        "frequency": [],
    }
    return usual | {"due_bound": None, "target": None, "deliverable": None, "kind": "action"} | said


def reading(*tasks, **said):
    lists = {"legal_bases": [], "recipients": [], "sections": []}
    return dict.fromkeys(HEADER) | lists | {"tasks": list(tasks)} | said


def test_same_reading_is_enough():
    one = reading(task(lead=["Công an phường"]), issuer="UBND phường Hòa Mai")
    other = reading(task(lead=["CÔNG AN PHƯỜNG"]), issuer="Ủy ban nhân dân phường Hoà Mai")

    assert score_reading(one, other).is_enough


def test_missed_and_surplus_tasks_lower_the_rate():
    score = score_reading(reading(task(), task(path="II/2")), reading(task(), task(path="II/3")))

    assert (score.rates["precision"], score.rates["recall"], score.rates["f1"]) == (0.5, 0.5, 0.5)


def test_unit_and_day_that_nobody_expects_are_invented():
    score = score_reading(reading(task(lead=["Công an phường"], due=["2024-06-15"])), reading(task()))

    assert score.invented == 2
    assert not score.is_enough


def test_unit_in_the_wrong_field_is_wrong_but_not_invented():
    score = score_reading(reading(task(lead=["Hội Phụ nữ"])), reading(task(coordinating=["Hội Phụ nữ"])))

    assert (score.invented, score.rates["said"]) == (0, 0)


def test_empty_fields_count_as_said_only_when_read():
    score = score_reading(reading(task(due=["2024-05"])), reading(task(due=["2024-05"])))

    assert (score.fields_all, score.said_all) == (8, 1)


def test_bullets_of_any_form_are_one_label():
    section = {"numeral": "II", "kind": "content", "title": "NỘI DUNG"}
    one, other = ([section | {"items": [{"label": label, "text": "a", "items": []}]}] for label in "•-")

    assert score_reading(reading(sections=one), reading(sections=other)).rates["tree"] == 1


def test_scores_add_up():
    assert (Score(matched=1, wrong=["a"]) + Score(matched=2, wrong=["b"])).wrong == ["a", "b"]
