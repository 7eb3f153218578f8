"""The demo project's words: ten terms in seven languages, some in the languages of migrants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from experts.models import User
from materials.domain import glossary
from materials.domain.glossary import Word
from materials.models import GlossaryWord

_OURS = "Glossary of the project"
_CEDEFOP = "Cedefop, European guidelines for validating non-formal and informal learning (2023)"

# A term: the meaning in English, its source, and the word in each language.
TERMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "Things that show what somebody can do, kept in one place by that person.",
        _OURS,
        {
            "en": "portfolio",
            "bg": "портфолио",
            "de": "Portfolio",
            "el": "φάκελος δεξιοτήτων",
            "it": "portfolio",
            "es": "portafolio",
            "sv": "portfolio",
            "ar": "ملف الإنجاز",
            "fr": "portfolio",
            "uk": "портфоліо",
        },
    ),
    (
        "Somebody who goes along with a learner, asks and listens, and decides nothing for them.",
        _OURS,
        {
            "en": "mentor",
            "bg": "наставник",
            "de": "Mentorin oder Mentor",
            "el": "μέντορας",
            "it": "mentore",
            "es": "mentor",
            "sv": "mentor",
            "ar": "مرشد",
            "fr": "mentor",
            "uk": "наставник",
        },
    ),
    (
        "Anything that shows a skill to others: a photo, a paper, a letter, a piece of work.",
        _OURS,
        {
            "en": "evidence",
            "bg": "доказателство",
            "de": "Nachweis",
            "el": "τεκμήριο",
            "it": "prova",
            "es": "evidencia",
            "sv": "bevis",
            "ar": "دليل",
        },
    ),
    (
        "Something somebody can do well, wherever they learned it.",
        _OURS,
        {
            "en": "skill",
            "bg": "умение",
            "de": "Fähigkeit",
            "el": "δεξιότητα",
            "it": "abilità",
            "es": "habilidad",
            "sv": "färdighet",
            "ar": "مهارة",
        },
    ),
    (
        "What somebody knows and can do already, learned in a school or outside of one.",
        _CEDEFOP,
        {
            "en": "prior learning",
            "bg": "предходно учене",
            "de": "Vorkenntnisse",
            "el": "προηγούμενη μάθηση",
            "it": "apprendimento pregresso",
            "es": "aprendizaje previo",
            "sv": "tidigare lärande",
            "ar": "التعلم السابق",
        },
    ),
    (
        "Saying yes, knowing what it is for; it can be taken back at any time and costs nothing.",
        _OURS,
        {
            "en": "consent",
            "bg": "съгласие",
            "de": "Einwilligung",
            "el": "συγκατάθεση",
            "it": "consenso",
            "es": "consentimiento",
            "sv": "samtycke",
            "ar": "موافقة",
        },
    ),
    (
        "What an authorised body says a person has learned, by a standard. It is not our "
        "validation of materials.",
        _CEDEFOP,
        {
            "en": "certification",
            "bg": "сертифициране",
            "de": "Zertifizierung",
            "el": "πιστοποίηση",
            "it": "certificazione",
            "es": "certificación",
            "sv": "certifiering",
            "ar": "شهادة رسمية",
        },
    ),
    (
        "Somebody who says in one language what was said in another, and adds nothing.",
        _OURS,
        {
            "en": "interpreter",
            "bg": "устен преводач",
            "de": "Dolmetscherin oder Dolmetscher",
            "el": "διερμηνέας",
            "it": "interprete",
            "es": "intérprete",
            "sv": "tolk",
            "ar": "مترجم شفوي",
        },
    ),
    (
        "What somebody plans to do next, small enough to begin this week.",
        _OURS,
        {
            "en": "next step",
            "bg": "следваща стъпка",
            "de": "nächster Schritt",
            "el": "επόμενο βήμα",
            "it": "prossimo passo",
            "es": "próximo paso",
            "sv": "nästa steg",
            "ar": "الخطوة التالية",
        },
    ),
    (
        "People who do similar work, meet again and again, and learn from each other.",
        _OURS,
        {
            "en": "community of practice",
            "bg": "общност на практиката",
            "de": "Praxisgemeinschaft",
            "el": "κοινότητα πρακτικής",
            "it": "comunità di pratica",
            "es": "comunidad de práctica",
            "sv": "praktikgemenskap",
            "ar": "مجتمع الممارسة",
        },
    ),
)


def seed(*, by: User, at: datetime) -> None:
    """Adds the terms that are missing."""
    there = set(GlossaryWord.objects.filter(language="en").values_list("word", flat=True))
    for meaning, source, words in TERMS:
        if words["en"] not in there:
            glossary.add_term(source=source, words=list(_rows(meaning, words)), by=by, at=at)


def _rows(meaning: str, words: dict[str, str]) -> Iterator[Word]:
    for language, word in words.items():
        yield Word(language, word, meaning if language == "en" else "")
