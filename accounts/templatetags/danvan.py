"""Words and signs that every page shares."""

import datetime as dt
from decimal import Decimal
from functools import cache, lru_cache

from django import template
from django.templatetags.static import static
from django.urls import get_urlconf, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from danvan import clock
from danvan.text import day_and_month

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """A picture from the sprite. Without a label it is decoration and hidden from screen readers."""
    use = format_html('<use href="{}#{}"></use>', static("vendor/icons.svg"), name)
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, use)
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', use)


@register.simple_tag
@cache
def chip(sign: tuple[str, str, str]) -> SafeString:
    """A status in words, tone and picture (`tasks.status.Sign`): never colour alone."""
    words, tone, picture = sign
    return format_html('<span class="status status--{}">{}{}</span>', tone, icon(picture), words)


@register.simple_tag
def path(name: str, *arguments: int) -> SafeString:
    """What {% url %} gives, remembered: for links that a list repeats in every row. Whole numbers only."""
    return _path(get_urlconf(), name, *arguments)


@lru_cache(maxsize=10_000)
def _path(urlconf: str | None, name: str, *arguments: int) -> SafeString:
    return format_html("{}", reverse(name, urlconf, arguments))


@register.filter
def vndate(value: dt.date | dt.datetime | None) -> str:
    """dd/mm/yyyy, or a dash where there is no day."""
    if value is None:
        return "—"
    return (clock.local_date(value) if isinstance(value, dt.datetime) else value).strftime("%d/%m/%Y")


@register.filter
def vnday(value: dt.date) -> str:
    """05/3, 12/6: a day of this year."""
    return day_and_month(value)


@register.filter
def vnmoment(value: dt.datetime | None) -> str:
    """10:32 hôm nay, or 10:32 ngày 05/03/2024."""
    if value is None:
        return "—"
    local = value.astimezone(clock.ZONE)
    day = "hôm nay" if local.date() == clock.today() else f"ngày {local:%d/%m/%Y}"
    return f"{local:%H:%M} {day}"


@register.filter
def days_left(due_on: dt.date | None) -> str:
    """«hôm nay», «còn 3 ngày», «quá hạn 2 ngày» — the words that stand beside a date."""
    if due_on is None:
        return ""
    days = (due_on - clock.today()).days
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


@register.filter
def vnnumber(value: Decimal | float | int | None) -> str:
    """1.234,5 without trailing zeros; a dash where there is no figure."""
    if value is None:
        return "—"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
