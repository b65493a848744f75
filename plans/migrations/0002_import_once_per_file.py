from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(fields=["agency", "sha256"], name="import_once_per_file"),
        ),
    ]
