"""The two series of awards there are (R25)."""

from django.db import migrations

SERIES = (
    ("wego-awards", "WeGO Awards", "WeGO 어워즈"),
    ("smart-city-prize", "Seoul Smart City Prize", "서울 스마트도시 상"),
)


def add_series(apps, _schema_editor):
    model = apps.get_model("events", "AwardSeries")
    for code, name_en, name_ko in SERIES:
        model.objects.get_or_create(code=code, defaults={"name_en": name_en, "name_ko": name_ko})


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(add_series, migrations.RunPython.noop)]
