"""The language of people's words, told from the words alone, or not told at all."""

from __future__ import annotations

import pytest

from cop_platform.common.reporting import tongues
from cop_platform.common.reporting.document import Span


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The words are too long for my group.", "en"),
        ("Die Wörter sind für meine Gruppe nicht verständlich.", "de"),
        ("Las palabras son muy largas para el grupo.", "es"),
        ("Le parole sono troppo lunghe per il gruppo.", "it"),
        ("Orden är för långa och texten är inte klar.", "sv"),
        ("Les mots sont trop longs pour le groupe.", "fr"),
        ("Думите са твърде дълги за групата.", "bg"),
        ("Слова занадто довгі для моєї групи.", "uk"),
        ("Οι λέξεις είναι πολύ μεγάλες.", "el"),
        ("الكلمات طويلة جدا", "ar"),
        ("کلمات خیلی طولانی هستند", "fa"),
        ("ቃላት ነዊሕ እዩ", "ti"),
        ("The word „портфолио“ is not explained.", "en"),
        ("Portfolio", ""),
        ("", ""),
        ("=1+1", ""),
        ("\u202e\x00", ""),
    ],
)
def test_words_tell_their_language(text, language):
    assert tongues.language_of(text) == language


def test_words_become_a_span_in_their_language():
    assert tongues.words("Das ist zu lang.") == (Span("Das ist zu lang.", language="de"),)
