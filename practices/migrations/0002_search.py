"""Practices, ideas, questions, answers and comments are found by their words."""

from django.db import migrations


def _index(name, table, *columns):
    """An index on these columns as one folded text, just as the source of the kind asks for it."""
    text = " || ' ' || ".join(columns)
    return migrations.RunSQL(
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {table}"
        f" USING gin (search_fold({text}) gin_trgm_ops)",
        f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
    )


class Migration(migrations.Migration):
    """Concurrently: people write while the indexes are built."""

    atomic = False

    dependencies = [("practices", "0001_practices"), ("experts", "0010_search")]

    operations = [
        _index(
            "practice_found", "practices_practiceversion",
            "title", "place", "need", "steps", "resources", "result", "evidence", "lessons",
            "conditions", "adaptable",
        ),
        _index("idea_found", "practices_idea", "title", "text", "answer"),
        _index("question_found", "practices_question", "title", "situation", "tried", "wanted"),
        _index("answer_found", "practices_answer", "text"),
        _index("comment_found", "practices_comment", "text"),
    ]
