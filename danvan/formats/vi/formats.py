"""Dates and numbers as Vietnamese offices write them; Django's own `vi` differs."""

DATE_FORMAT = SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "H:i d/m/Y"
TIME_FORMAT = "H:i"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
# None on output, or `{{ plan.pk }}` would become 1.234 and break ids and links; figures go through `vnnumber`.
# Typed figures may still carry the dots: USE_THOUSAND_SEPARATOR reads them.
NUMBER_GROUPING = 0
FIRST_DAY_OF_WEEK = 1
