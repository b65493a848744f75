"""Sums that must agree used to be constants of the code; where an agency has none yet, its indicators take them over."""

from django.db import migrations

IDENTITIES = {
    "tthc_nhan": "tthc_nhan = tthc_truoc_han + tthc_dung_han + tthc_qua_han + tthc_dang",
    "don_ton": "don_ton + don_nhan = don_giai_quyet + don_chuyen",
}


def fill(apps, schema_editor):
    for code, identity in IDENTITIES.items():
        apps.get_model("tasks", "Indicator").objects.filter(code=code, identity="").update(identity=identity)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_follow_through")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
