"""Stories are found, and leave with their clip where the teller said so; matches are told once."""

import cop_platform.common.text
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('experts', '0010_search'), ('practices', '0003_search_guesses')]

    operations = [
        migrations.CreateModel(
            name='ExchangeMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-found_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='IdeaNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', cop_platform.common.text.LongTextField(verbose_name='what is added')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='idea',
            name='withdrawn_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='practiceversion',
            name='discarded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='clip_may_leave',
            field=models.BooleanField(default=False, verbose_name="the clip may go along in the community's archive"),
        ),
        migrations.AlterField(
            model_name='coffeeseat',
            name='said',
            field=models.CharField(blank=True, choices=[('', 'Not said yet'), ('met', 'We met'), ('not', 'We could not'), ('yet', 'Not yet')], default='', max_length=3),
        ),
        migrations.AddConstraint(
            model_name='practiceversion',
            constraint=models.CheckConstraint(condition=models.Q(('discarded_on__isnull', True), ('step__in', ['draft', 'returned']), _connector='OR'), name='practice_discarded_is_a_draft'),
        ),
        migrations.AddField(
            model_name='exchangematch',
            name='need',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.exchange'),
        ),
        migrations.AddField(
            model_name='exchangematch',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.exchange'),
        ),
        migrations.AddField(
            model_name='ideanote',
            name='idea',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='practices.idea'),
        ),
        migrations.AddConstraint(
            model_name='exchangematch',
            constraint=models.UniqueConstraint(fields=('offer', 'need'), name='exchange_matched_once'),
        ),
        # Stories are few: the index is there before anybody could wait for it.
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS story_found ON practices_story"
            " USING gin (search_fold(title || ' ' || text) gin_trgm_ops)",
            "DROP INDEX IF EXISTS story_found",
        ),
    ]
