"""The office's hand on the indicator set: words, formulas, places in the plan. Values that were typed are never touched."""

import hashlib
import keyword
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts.models import Agency, User
from accounts.services import record_event
from danvan.problems import Conflict, Problem
from danvan.text import clean, fold
from plans.models import Plan
from tasks.formulas import codes, evaluate, identity_codes, sides
from tasks.models import Indicator, PlanIndicator

CODE_LENGTH = 40
SHAPE = "chỉ gồm mã chỉ tiêu, số, dấu ngoặc và các dấu + - * /"
NO_FORMULA = f"Công thức {SHAPE}, ví dụ 100 * (a + b) / c."
NO_IDENTITY = f"Đẳng thức có hai vế nối bằng một dấu =, mỗi vế {SHAPE}, ví dụ a + b = c + d."
STALE = "Có người vừa sửa chỉ tiêu này. Bản đang lưu ghi bên dưới; bấm Lưu để thay bằng bản của đồng chí."


@dataclass(frozen=True)
class IndicatorWords:
    """What the office says of an indicator, and of its place in one plan. `item_id`: the content item it is bound to."""

    name: str
    measure: str
    formula: str = ""
    identity: str = ""
    order: int = 0
    item_id: int | None = None
    yearly_target: Decimal | None = None

    @property
    def stamp(self) -> str:
        """The same for the same words: a form carries it, so that a stale one is noticed."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:16]


def indicator_words(binding: PlanIndicator) -> IndicatorWords:
    one = binding.indicator
    return IndicatorWords(
        one.name, one.measure, one.formula, one.identity, one.order, binding.item_id, binding.yearly_target
    )


@transaction.atomic
def add_indicator(*, plan: Plan, words: IndicatorWords, by: User) -> PlanIndicator:
    """A new indicator of the agency, bound to `plan`; its code is made from its name. Raises Problem."""
    words = _checked(plan, words, code="", pk=None)
    indicator = _new(plan.agency, words, code_from(words.name, taken=_codes(plan.agency)))
    binding = PlanIndicator.objects.create(
        plan=plan, indicator=indicator, item_id=words.item_id, yearly_target=words.yearly_target
    )
    _tell(plan, by, f"{by} thêm chỉ tiêu “{indicator.name}”")
    return binding


def _new(agency: Agency, words: IndicatorWords, code: str) -> Indicator:
    try:
        with transaction.atomic():
            return Indicator.objects.create(
                agency=agency,
                code=code,
                name=words.name,
                measure=words.measure,
                formula=words.formula,
                identity=words.identity,
                order=words.order,
            )
    except IntegrityError as error:  # two at once: the look before found the code free
        raise Problem(f"Có người vừa thêm chỉ tiêu “{words.name}”. Hãy xem lại danh sách.") from error


@transaction.atomic
def save_indicator(*, binding: PlanIndicator, stamp: str, words: IndicatorWords, by: User) -> None:
    """Raises Conflict if it has changed since the form with `stamp` was shown, Problem if the words do not fit."""
    was = indicator_words(binding)
    if was.stamp != stamp:
        raise Conflict(STALE)
    indicator, plan = binding.indicator, binding.plan
    words = _checked(plan, words, code=indicator.code, pk=indicator.pk)
    if words == was:
        return
    own = ("name", "measure", "formula", "identity", "order")
    place = ("item_id", "yearly_target")
    # What stood on the form must still stand in the row: of two at once the second changes nothing and is told.
    unchanged = Indicator.objects.filter(pk=indicator.pk, **{name: getattr(was, name) for name in own})
    unmoved = PlanIndicator.objects.filter(pk=binding.pk, **{name: getattr(was, name) for name in place})
    if not unchanged.update(**{name: getattr(words, name) for name in own}) or not unmoved.update(
        **{name: getattr(words, name) for name in place}
    ):
        raise Conflict(STALE)
    _tell(plan, by, f"{by} sửa chỉ tiêu “{was.name}”: {_changes(was, words)}")


@transaction.atomic
def save_targets(
    *, plan: Plan, targets: Mapping[int, tuple[Decimal | None, Decimal | None]], by: User
) -> list[int]:
    """Yearly targets by binding id: what the page showed, and what is wanted. Gives back the ids it left alone,
    because somebody has changed them since."""
    left = []
    for pk, (shown, wanted) in targets.items():
        row = PlanIndicator.objects.filter(pk=pk, plan=plan, yearly_target=shown)
        if shown != wanted and not row.update(yearly_target=wanted):
            left.append(pk)
    changed = sum(shown != wanted for shown, wanted in targets.values()) - len(left)
    if changed:
        _tell(plan, by, f"{by} sửa kế hoạch năm của {changed} chỉ tiêu")
    return left


@transaction.atomic
def take_out_indicator(*, binding: PlanIndicator, by: User) -> None:
    """Out of this plan; the indicator and all its values stay. Raises Problem if a formula of the plan counts on it."""
    code = binding.indicator.code
    if names := [one.name for one in _bound(binding.plan) if code in _counted(one.formula)]:
        raise Problem(f"Chưa bỏ được: công thức của “{names[0]}” đang dùng chỉ tiêu này.")
    deleted, _ = PlanIndicator.objects.filter(pk=binding.pk).delete()
    if deleted:
        _tell(binding.plan, by, f"{by} bỏ chỉ tiêu “{binding.indicator.name}” khỏi kế hoạch")


@transaction.atomic
def put_back_indicator(*, plan: Plan, indicator: Indicator, by: User) -> PlanIndicator:
    """Into this plan, bound to no content item yet. Twice is once."""
    binding, is_new = PlanIndicator.objects.get_or_create(plan=plan, indicator=indicator)
    if is_new:
        _tell(plan, by, f"{by} đưa chỉ tiêu “{indicator.name}” vào kế hoạch")
    return binding


def code_from(name: str, *, taken: Collection[str]) -> str:
    """`Số hộ được vận động` → `so_ho_duoc_van_dong`: a name that formulas can count on, not in `taken`."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    code = ""
    for word in words:
        longer = f"{code}_{word}".strip("_")
        if len(longer) > CODE_LENGTH - 4:  # room for a number
            break
        code = longer
    code = code or "chi_tieu"
    if code[0].isdigit() or keyword.iskeyword(code) or keyword.issoftkeyword(code):
        code = f"ct_{code}"
    return next(one for one in [code, *(f"{code}_{n}" for n in range(2, 999))] if one not in taken)


def _checked(plan: Plan, words: IndicatorWords, *, code: str, pk: int | None) -> IndicatorWords:
    words = IndicatorWords(
        **asdict(words)
        | {
            "name": clean(words.name),
            "measure": clean(words.measure),
            "formula": _arithmetic(words.formula),
            "identity": _arithmetic(words.identity),
        }
    )
    same = [
        one for one in Indicator.objects.filter(agency=plan.agency_id) if fold(one.name) == fold(words.name)
    ]
    if any(one.pk != pk for one in same):
        raise Problem(f"Đã có chỉ tiêu “{words.name}”. Hãy dùng chỉ tiêu ấy, hoặc đặt tên khác.")
    bound = {one.code: one for one in _bound(plan)}
    if words.formula:
        _check_formula(words.formula, bound, code)
    if words.identity:
        _check_identity(words.identity, bound, code)
    return words


def _arithmetic(typed: str) -> str:
    """As people write it: ×, ÷, decimal commas and «:» become what a formula knows."""
    text = (
        clean(typed).replace("×", "*").replace("÷", "/").replace(":", "/").replace("–", "-").replace("−", "-")
    )
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return re.sub(r"\s*([+*/=-])\s*", r" \1 ", text).strip()


def _check_formula(formula: str, bound: dict[str, Indicator], code: str) -> None:
    try:
        used = codes(formula)
        evaluate(formula, {})
    except ValueError as error:
        raise Problem(NO_FORMULA) from error
    if not used:
        raise Problem("Công thức phải dùng ít nhất một chỉ tiêu khác, gọi bằng mã của chỉ tiêu ấy.")
    _check_known(used, bound, "Công thức")
    if code in used:
        raise Problem("Công thức không thể dùng chính chỉ tiêu này.")
    if computed := [bound[one].name for one in sorted(used) if bound[one].formula]:
        raise Problem(f"“{computed[0]}” cũng được tính bằng công thức. Hãy dùng các chỉ tiêu được nhập.")
    if names := [one.name for one in bound.values() if code in _counted(one.formula)]:
        raise Problem(f"Công thức của “{names[0]}” đang dùng chỉ tiêu này, nên chỉ tiêu này phải được nhập.")


def _check_identity(identity: str, bound: dict[str, Indicator], code: str) -> None:
    try:
        used = identity_codes(identity)
        for side in sides(identity):
            evaluate(side, {})
    except ValueError as error:
        raise Problem(NO_IDENTITY) from error
    _check_known(used - {code}, bound, "Đẳng thức")


def _check_known(used: set[str], bound: dict[str, Indicator], what: str) -> None:
    if unknown := sorted(used - set(bound)):
        raise Problem(f"{what} dùng mã “{unknown[0]}”, nhưng kế hoạch này không có chỉ tiêu mang mã ấy.")


def _counted(formula: str) -> set[str]:
    try:
        return codes(formula) if formula else set()
    except ValueError:
        return set()


def _bound(plan: Plan) -> list[Indicator]:
    return list(Indicator.objects.filter(bindings__plan=plan))


def _codes(agency: Agency) -> set[str]:
    return set(Indicator.objects.filter(agency=agency).values_list("code", flat=True))


FIELD_WORDS = {
    "name": "tên",
    "measure": "đơn vị tính",
    "formula": "công thức",
    "identity": "đẳng thức",
    "order": "thứ tự",
    "item_id": "nội dung",
    "yearly_target": "kế hoạch năm",
}


def _changes(was: IndicatorWords, now: IndicatorWords) -> str:
    """Which things changed, and to what where that can be said in a word."""
    before, after = asdict(was), asdict(now)
    found = []
    for name, words in FIELD_WORDS.items():
        if before[name] != after[name]:
            is_plain = name not in ("item_id", "yearly_target")
            found.append(f"{words} “{before[name]}” → “{after[name]}”" if is_plain else words)
    return "; ".join(found)


def _tell(plan: Plan, by: User, words: str) -> None:
    record_event(agency=plan.agency, actor=by, verb="indicator", about=plan, words=words)
