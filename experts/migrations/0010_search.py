"""The spelling in which words are compared inside the database, and people found by it.

One function for all tables: small letters, no accents, one shape of letters that keyboards write in
several ways. It is declared immutable, so that indexes can hold what it gives; its rules are those
of the extension `unaccent`, which do not change within a major version of PostgreSQL.
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# Alef, yeh and kaf as Arabic and Persian keyboards write them, and the sigma at a word's end.
_FROM = "\u03c2\u0649\u06cc\u06d0\u06a9\u0671\u0623\u0625\u0622\u0624\u0626\u06be\u06c1"
_TO = "\u03c3\u064a\u064a\u064a\u0643\u0627\u0627\u0627\u0627\u0648\u064a\u0647\u0647"
# Marks that only say how a word is spoken, the stretched line, the soft hyphen: left out.
_GONE = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u0300\u0301\u00ad"

FOLD = f"""
CREATE OR REPLACE FUNCTION public.search_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT translate(
        lower(public.unaccent('public.unaccent'::regdictionary, $1)), '{_FROM}{_GONE}', '{_TO}'
    )
$$
"""


class Migration(migrations.Migration):
    """Concurrently: rows are written while the index is built."""

    atomic = False

    dependencies = [("experts", "0009_charters")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION IF EXISTS public.search_fold(text)"),
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS person_found ON experts_person"
            " USING gin (search_fold(name || ' ' || ask_me_about) gin_trgm_ops)",
            "DROP INDEX CONCURRENTLY IF EXISTS person_found",
        ),
    ]
