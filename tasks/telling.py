"""Changes in the words of the history: «Trần Văn Hùng cập nhật “…”: tiến độ 40 % → 60 %, tình trạng Đang làm → Đã xong».

Each sentence names who, which work, and what became of what.
"""

from collections.abc import Sequence
from decimal import Decimal

from danvan.text import clean, excerpt
from tasks.models import IndicatorValue, ProgressUpdate

WORDS_SHOWN = 120


def moved(name: str, before: str, after: str) -> str:
    """«tiến độ 40 % → 60 %»; nothing where nothing changed."""
    return f"{name} {before} → {after}" if before != after else ""


def progress_words(update: ProgressUpdate, before: ProgressUpdate | None, files: int = 0) -> str:
    """What one sending changed, compared with the unit's word before it. One query, two if there was one."""
    task = update.occurrence.task
    deed = f"ghi thay {update.on_behalf_of}" if update.on_behalf_of else "đổi" if before else "ghi"
    said = [
        _percent(update, before),
        _state(update, before),
        _day(update, before),
        *_figures(update, before),
        _text("kết quả", update.text, before.text if before else ""),
        _text("khó khăn", update.difficulties, before.difficulties if before else ""),
        f"thêm {files} tệp" if files else "",
    ]
    words = ", ".join(filter(None, said)) or f"gửi lại, tình trạng {update.get_state_display()}"
    return f"{update.recorded_by} {deed} kết quả “{task.title}”: {words}"


def _percent(update: ProgressUpdate, before: ProgressUpdate | None) -> str:
    was = before.percent if before else None
    if update.percent is None:
        return "" if was is None else f"bỏ tiến độ {was} %"
    now = f"{update.percent} %"
    return f"tiến độ {now}" if was is None else moved("tiến độ", f"{was} %", now)


def _state(update: ProgressUpdate, before: ProgressUpdate | None) -> str:
    now = str(update.get_state_display())
    return moved("tình trạng", str(before.get_state_display()), now) if before else f"tình trạng {now}"


def _day(update: ProgressUpdate, before: ProgressUpdate | None) -> str:
    """The first one stands on the page; a changed one may turn late into in time."""
    now = f"{update.happened_on:%d/%m/%Y}"
    return moved("ngày thực hiện", f"{before.happened_on:%d/%m/%Y}", now) if before else ""


def _figures(update: ProgressUpdate, before: ProgressUpdate | None) -> list[str]:
    now, earlier = _values(update), _values(before) if before else []
    was = {value.indicator_id: value.value for value in earlier}
    changed = [value for value in now if was.get(value.indicator_id) != value.value]
    kept = {value.indicator_id for value in now}
    gone = [value for value in earlier if value.indicator_id not in kept]
    return [
        *(_figure(value, was.get(value.indicator_id)) for value in changed),
        *(f"bỏ số {value.indicator.name}: {number_words(value.value)}" for value in gone),
    ]


def _values(update: ProgressUpdate) -> list[IndicatorValue]:
    return list(update.values.select_related("indicator"))  # type: ignore[attr-defined]


def _figure(value: IndicatorValue, was: Decimal | None) -> str:
    arrow = f"{number_words(was)} → " if was is not None else ""
    return f"{value.indicator.name}: {arrow}{number_words(value.value)}"


def number_words(number: Decimal) -> str:
    """1.234,5 as it is written here."""
    text = f"{number:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _text(name: str, now: str, was: str) -> str:
    if clean(now) == clean(was):
        return ""
    return f"{name}: “{excerpt(clean(now), WORDS_SHOWN)}”" if now else f"bỏ phần {name}"


def changes(pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]]) -> str:
    """«chủ trì A → B; thời hạn mỗi quý → 15/06/2024» of ((name, before), (name, after)); empty if nothing changed."""
    return "; ".join(filter(None, (moved(name, was, now) for (name, was), (_, now) in pairs)))
