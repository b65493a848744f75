from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Event
from danvan.problems import Conflict, Problem
from tasks.models import Indicator, PlanIndicator
from tasks.services import (
    IndicatorWords,
    add_indicator,
    indicator_words,
    put_back_indicator,
    save_indicator,
    take_out_indicator,
)
from tasks.services.indicator_edit import _new, code_from


@pytest.fixture
def plan(world_with_plan):
    return world_with_plan.plan


def words_of(response) -> str:
    return response.content.decode()


def bound(plan, code) -> PlanIndicator:
    return plan.indicators.select_related("plan__agency", "indicator").get(indicator__code=code)


def edited(binding, **changes) -> IndicatorWords:
    return IndicatorWords(**vars(indicator_words(binding)) | changes)


def save(binding, by, stamp=None, **changes):
    words = edited(binding, **changes)
    save_indicator(binding=binding, stamp=stamp or indicator_words(binding).stamp, words=words, by=by)


def page_of(binding):
    return reverse("tasks:indicator", args=[binding.pk])


def typed(binding, **changes):
    words = indicator_words(binding)
    said = {name: "" if value is None else value for name, value in vars(words).items()}
    return said | {"stamp": words.stamp} | changes


# --- Codes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Số hộ được vận động", "so_ho_duoc_van_dong"),
        ("5 buổi tuyên truyền", "ct_5_buoi_tuyen_truyen"),
        ("In", "ct_in"),
        ("…", "chi_tieu"),
        ("a b", "a_b_2"),
        ("Một chỉ tiêu có cái tên rất dài không ai đọc hết", "mot_chi_tieu_co_cai_ten_rat_dai"),
    ],
)
def test_code_is_made_from_the_name(name, code):
    assert code_from(name, taken={"a_b"}) == code


# --- Formulas and identities --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("tthc_nhan +", "Công thức chỉ gồm mã chỉ tiêu"),
        ("len(tthc_nhan)", "Công thức chỉ gồm mã chỉ tiêu"),
        ("tthc_nhan ** 9", "Công thức chỉ gồm mã chỉ tiêu"),
        ("5 + 5", "ít nhất một chỉ tiêu"),
        ("tthc_nhan + la", "không có chỉ tiêu mang mã ấy"),
        ("tin_bai + 1", "chính chỉ tiêu này"),
        ("tthc_ty_le + 1", "cũng được tính bằng công thức"),
    ],
)
def test_a_bad_formula_is_refused_in_a_sentence(plan, world_with_plan, formula, sentence):
    with pytest.raises(Problem, match=sentence):
        save(bound(plan, "tin_bai"), world_with_plan.lan, formula=formula)


def test_what_a_formula_counts_on_cannot_become_computed(plan, world_with_plan):
    with pytest.raises(Problem, match="phải được nhập"):
        save(bound(plan, "tthc_qua_han"), world_with_plan.lan, formula="hoi_nghi + 1")


def test_a_formula_may_be_typed_as_people_write_it(plan, world_with_plan):
    save(bound(plan, "tin_bai"), world_with_plan.lan, formula="1,5×hoi_nghi : hoi_nghi_nguoi")
    assert bound(plan, "tin_bai").indicator.formula == "1.5 * hoi_nghi / hoi_nghi_nguoi"


@pytest.mark.parametrize(
    "identity", ["hoi_nghi", "hoi_nghi = ", "hoi_nghi = 5", "hoi_nghi = la", "a = b = c"]
)
def test_a_bad_identity_is_refused_in_a_sentence(plan, world_with_plan, identity):
    with pytest.raises(Problem, match="Đẳng thức"):
        save(bound(plan, "tin_bai"), world_with_plan.lan, identity=identity)


# --- Keeping ------------------------------------------------------------------------------------------------------


def test_an_indicator_is_added_and_asked_for(plan, world_with_plan, lan):
    place = bound(plan, "tin_bai").item_id
    said = {
        "name": "Số hộ ký cam kết",
        "measure": "hộ",
        "item_id": place,
        "yearly_target": "1.200",
        "order": 40,
    }
    assert lan.post(reverse("tasks:indicator_add", args=[plan.pk]), said).status_code == 302
    binding = bound(plan, "so_ho_ky_cam_ket")
    assert (binding.item_id, binding.yearly_target) == (place, Decimal(1200))


def test_the_same_name_is_not_added_twice(plan, world_with_plan):
    with pytest.raises(Problem, match="Đã có chỉ tiêu"):
        add_indicator(
            plan=plan,
            words=IndicatorWords("tin, bài, Lượt phát thanh về dân vận", "tin"),
            by=world_with_plan.lan,
        )


def test_an_indicator_added_by_two_at_once_is_told(plan):
    with pytest.raises(Problem, match="vừa thêm"):
        _new(plan.agency, IndicatorWords("Tin, bài", "tin"), "tin_bai")


def test_a_change_is_saved_and_told_in_words(plan, world_with_plan):
    save(bound(plan, "tin_bai"), world_with_plan.lan, name="Tin, bài")
    assert bound(plan, "tin_bai").indicator.name == "Tin, bài"
    assert "tên “Tin, bài, lượt phát thanh về dân vận” → “Tin, bài”" in Event.objects.latest("pk").words


def test_the_second_of_two_at_once_is_told_and_nothing_typed_is_lost(plan, world_with_plan, lan):
    binding = bound(plan, "tin_bai")
    stale = typed(binding, name="Bài của tôi")
    save(binding, world_with_plan.lan, name="Bài của người khác")
    response = lan.post(page_of(binding), stale)
    assert response.status_code == 409
    assert "Bài của người khác" in words_of(response) and 'value="Bài của tôi"' in words_of(response)
    assert bound(plan, "tin_bai").indicator.name == "Bài của người khác"


def test_the_very_same_moment_changes_nothing_for_the_second(plan, world_with_plan):
    first, second = bound(plan, "tin_bai"), bound(plan, "tin_bai")
    save(first, world_with_plan.lan, name="Một")
    with pytest.raises(Conflict):
        save(second, world_with_plan.lan, name="Hai")


def test_a_bad_formula_stays_typed_on_the_page(plan, lan):
    response = lan.post(page_of(bound(plan, "tin_bai")), typed(bound(plan, "tin_bai"), formula="mười"))
    assert response.status_code == 422
    assert 'value="mười"' in words_of(response)


def target(plan, lan, typed, shown=""):
    pk = bound(plan, "tin_bai").pk
    said = {"viec": "ke-hoach-nam", f"target_{pk}": typed, f"shown_{pk}": shown}
    return lan.post(reverse("tasks:indicators", args=[plan.pk]), said)


def test_yearly_targets_are_saved_in_the_table(plan, lan):
    assert target(plan, lan, "1.200").status_code == 302
    assert bound(plan, "tin_bai").yearly_target == 1200


def test_after_saving_the_draft_of_the_browser_goes(plan, lan):
    target(plan, lan, "1.200")
    page = reverse("tasks:indicators", args=[plan.pk])
    assert ["data-draft-done" in words_of(lan.get(page)) for _ in range(2)] == [True, False]


def test_a_target_that_is_no_figure_stays_typed(plan, lan):
    response = target(plan, lan, "nhiều")
    assert response.status_code == 422
    assert 'value="nhiều"' in words_of(response)


def test_a_target_somebody_else_has_changed_is_told_and_the_next_press_saves(plan, lan):
    target(plan, lan, "5")
    response = target(plan, lan, "7", shown="")
    assert response.status_code == 409
    assert "số đang lưu: 5" in words_of(response)
    assert target(plan, lan, "7", shown="5").status_code == 302
    assert bound(plan, "tin_bai").yearly_target == 7


def test_taken_out_it_is_out_of_this_plan_only(plan, world_with_plan):
    take_out_indicator(binding=bound(plan, "tin_bai"), by=world_with_plan.lan)
    assert not plan.indicators.filter(indicator__code="tin_bai").exists()
    assert Indicator.objects.filter(code="tin_bai").exists()


def test_what_a_formula_counts_on_is_not_taken_out(plan, world_with_plan):
    with pytest.raises(Problem, match="đang dùng chỉ tiêu này"):
        take_out_indicator(binding=bound(plan, "tthc_qua_han"), by=world_with_plan.lan)


def test_put_back_twice_is_once(plan, world_with_plan):
    indicator = bound(plan, "tin_bai").indicator
    take_out_indicator(binding=bound(plan, "tin_bai"), by=world_with_plan.lan)
    for _ in range(2):
        put_back_indicator(plan=plan, indicator=indicator, by=world_with_plan.lan)
    assert plan.indicators.filter(indicator=indicator).count() == 1


def test_the_inspector_reads_and_changes_nothing(plan, world_with_plan, browse):
    page = words_of(browse(world_with_plan.binh).get(reverse("tasks:indicators", args=[plan.pk])))
    assert "Hồ sơ TTHC tiếp nhận" in page
    assert "Thêm chỉ tiêu" not in page


def test_an_indicator_of_elsewhere_cannot_be_brought_in(plan, world_with_plan, lan):
    other = Indicator.objects.create(agency=world_with_plan.other, code="la", name="Lạ", measure="cái")
    lan.post(reverse("tasks:indicators", args=[plan.pk]), {"chi-tieu": other.pk})
    assert not plan.indicators.filter(indicator=other).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_whatever_it_holds(plan, lan, rows, django_assert_num_queries):
    kept = list(plan.indicators.values_list("pk", flat=True)[:rows])
    plan.indicators.exclude(pk__in=kept).delete()
    with django_assert_num_queries(8):
        lan.get(reverse("tasks:indicators", args=[plan.pk]))
