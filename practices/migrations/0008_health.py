import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0001_practices'),
    ]

    operations = [
        migrations.CreateModel(
            name='PulseMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'quarter'), name='pulse_once_a_quarter')],
            },
        ),
        migrations.CreateModel(
            name='PulseTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField()),
                ('question', models.CharField(choices=[('useful', 'The community is useful for my work.'), ('heard', 'I am heard here.'), ('will_use', 'I will use something I learned here.')], max_length=10)),
                ('score', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experts.country')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('country', 'quarter', 'question', 'score'), name='pulse_tally_once'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='pulse_score_from_one_to_five')],
            },
        ),
    ]
