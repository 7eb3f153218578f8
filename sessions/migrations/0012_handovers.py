"""Promises go over to somebody else in one act; promises and lessons are found by their words."""

import django.db.models.deletion
from django.db import migrations, models


def found(name, table, *columns):
    """An index on these columns as one folded text, just as the source of the kind asks for it.

    Both tables are small: it is there before anybody could wait for it. The planner keeps no
    values of it, comparing long texts for a guess takes longer than the answer.
    """
    text = " || ' ' || ".join(columns)
    return migrations.RunSQL(
        [
            f"CREATE INDEX IF NOT EXISTS {name} ON {table}"
            f" USING gin (search_fold({text}) gin_trgm_ops)",
            f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS 0",
        ],
        f"DROP INDEX IF EXISTS {name}",
    )


class Migration(migrations.Migration):

    dependencies = [('cop_sessions', '0011_competences'), ('experts', '0010_search')]

    operations = [
        migrations.CreateModel(
            name='ActionHandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('kept', models.JSONField(default=dict)),
                ('actions', models.ManyToManyField(related_name='+', to='cop_sessions.actionitem')),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experts.person')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experts.person')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experts.person')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='handed_to_somebody_else')],
            },
        ),
        found("action_found", "cop_sessions_actionitem", "title", "details", "reason"),
        found("lesson_found", "cop_sessions_lesson", "change", "planned", "happened", "why", "procedure"),
    ]
