from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0007_account_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='queueitem',
            name='reminded_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
