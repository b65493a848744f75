"""Numbers and dates as people here write them."""

from decimal import Decimal

from django import forms
from django.template import Context, Template


def test_ids_in_templates_carry_no_dots():
    assert Template("{{ pk }}").render(Context({"pk": 12345})) == "12345"


def test_figures_carry_dots_and_a_comma():
    assert Template("{{ value|vnnumber }}").render(Context({"value": Decimal("12345.50")})) == "12.345,5"


def test_typed_figures_may_carry_dots():
    class Figures(forms.Form):
        value = forms.DecimalField(localize=True)

    form = Figures({"value": "12.345,5"})
    assert form.is_valid()
    assert form.cleaned_data["value"] == Decimal("12345.5")
