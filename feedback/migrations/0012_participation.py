"""Certificates of participation and badges of competences."""

import cop_platform.common.text
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Going back takes the new kinds away: the older rule knows none of them.
WITHOUT_NEW_KINDS = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    "DELETE FROM feedback_participation",
    "DELETE FROM feedback_credential WHERE kind IN ('participation', 'competence')",
    "SET CONSTRAINTS ALL DEFERRED",
]


class Migration(migrations.Migration):

    dependencies = [
        ('experts', '0011_message_turn'),
        ('feedback', '0011_search_guesses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', cop_platform.common.text.LineField(max_length=200, verbose_name='name')),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('entries', models.PositiveIntegerField()),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('competences', models.JSONField(blank=True, default=dict)),
                ('competence', models.CharField(blank=True, max_length=20)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
            ],
            options={
                'verbose_name': 'certificate of participation',
                'verbose_name_plural': 'certificates of participation',
            },
        ),
        migrations.RemoveConstraint(
            model_name='credential',
            name='credential_is_about_one_thing',
        ),
        migrations.AlterField(
            model_name='credential',
            name='kind',
            field=models.CharField(choices=[('material', 'A material that was validated'), ('reviewer', 'The work of a reviewer'), ('participation', 'Taking part in sessions'), ('competence', 'A competence that was trained')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'material'), ('person__isnull', True), ('verdict__isnull', False)), models.Q(models.Q(('kind', 'material'), _negated=True), ('person__isnull', False), ('verdict__isnull', True)), _connector='OR'), name='credential_is_about_one_thing'),
        ),
        migrations.AddField(
            model_name='participation',
            name='credential',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='participation', to='feedback.credential'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('competence', ''), ('ends_on__gte', models.F('starts_on')), ('starts_on__isnull', False)), models.Q(models.Q(('competence', ''), _negated=True), ('ends_on__isnull', True), ('starts_on__isnull', True)), _connector='OR'), name='participation_has_a_period_or_a_competence'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('entries__gte', 1)), name='participation_of_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5fa76756c58d391210b111e2fe633fb8f2d85498', operation='UPDATE', pgid='pgtrigger_kept_65a45', table='feedback_participation', when='BEFORE')),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, WITHOUT_NEW_KINDS),
    ]
