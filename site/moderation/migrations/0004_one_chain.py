from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_chain_the_record")]
    operations = [
        migrations.AlterField(
            model_name="recordentry",
            name="hash",
            field=models.CharField(max_length=64, unique=True, verbose_name="hash"),
        ),
        migrations.AlterField(
            model_name="recordentry",
            name="previous",
            field=models.CharField(
                max_length=64, unique=True, verbose_name="hash of the entry before"
            ),
        ),
    ]
