"""The demo's stories: told by roles in several countries and languages, some used by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from experts.enums import Profession
from experts.models import Person
from materials.models import Material
from practices.enums import Cited, Occasion, ValueCycle
from practices.models import Practice, Story, StoryCitation


@dataclass(frozen=True)
class DemoStory:
    """A story; `days` before the anchor, `practice` some letters of a practice's title."""

    country: str
    profession: Profession
    days: int
    cycle: ValueCycle
    title: str
    text: str
    language: str = "en"
    material: str = ""
    practice: str = ""
    occasion: Occasion = Occasion.STORY
    cited: tuple[tuple[str, Cited, str], ...] = ()


STORIES = (
    DemoStory(
        "BG", Profession.LANGUAGE_TEACHER, 12, ValueCycle.APPLIED,
        "A day at the old work",
        "A woman told me she could do nothing. I asked her to draw one day at her bakery, hour by "
        "hour. At five she lit the ovens, at six she taught the new one, at nine she ordered flour "
        "by telephone. We wrote a word beside each picture. It became a whole page of skills.\n\n"
        "Since then I begin with the drawing, never with the form.",
        material="M04", practice="photo walk",
        cited=(("SE", Cited.TRAINING, "Course for new mentors"), ("IT", Cited.WORK, "")),
    ),
    DemoStory(
        "DE", Profession.CAREER_COUNSELLOR, 30, ValueCycle.REALISED,
        "Die Mappe lag beim Chef auf dem Tisch",
        "Wir hatten lange gedacht, Betriebe wollen Zeugnisse. Dann las ein Meister eine Mappe laut "
        "vor, vor der ganzen Runde. Bei den Fotos von der Reparatur wurde er still. Zwei Wochen "
        "später hatte der Mann einen Vertrag. Heute laden wir Betriebe zum Vorlesen ein.",
        language="de", material="M03", practice="employer",
        cited=(("BG", Cited.SESSION, "Practice fair"),),
    ),
    DemoStory(
        "EL", Profession.INTERCULTURAL_MEDIATOR, 45, ValueCycle.POTENTIAL,
        "The word that nobody could translate",
        "We looked for a word for 'evidence' and found only the word of the police. People went "
        "quiet. Now we say 'what shows that you can do it' and point at their hands. I had not "
        "known that one word can close a door.",
        material="M06",
        cited=(("DE", Cited.MATERIAL, "Wording of the evidence guide"),),
    ),
    DemoStory(
        "IT", Profession.PSYCHOLOGIST, 60, ValueCycle.REFRAMING,
        "Non cominciare dall'inizio",
        "Chiedevamo sempre di raccontare in ordine. Per chi ha perso molto, l'inizio fa male. "
        "Adesso chiediamo: di che cosa sei orgoglioso questa settimana? La storia arriva da sola, "
        "quando può.",
        language="it", material="M02",
    ),
    DemoStory(
        "SE", Profession.DIGITAL_TRAINER, 75, ValueCycle.APPLIED,
        "Ten minutes with the telephone",
        "Nobody opened the laptops. So we put them away and used what was in every pocket. One "
        "photo, one voice message, one line of text: that was the first entry. The laptops came "
        "back in week five, when people asked for them.",
        material="M10", practice="first upload",
        cited=(("EL", Cited.WORK, ""),),
    ),
    DemoStory(
        "ES", Profession.CASE_WORKER, 20, ValueCycle.IMMEDIATE,
        "No estaba sola",
        "En mi ciudad soy la única que hace esto. En la sesión conjunta tres personas tenian el "
        "mismo problema con los papeles perdidos. No teníamos la solución, pero ya no era "
        "solo mío.",
        language="es",
    ),
    DemoStory(
        "BG", Profession.LEGAL_ADVISER, 90, ValueCycle.REALISED,
        "The hour before the upload",
        "A man had put his asylum interview into his portfolio because 'it is a document'. Since "
        "then a lawyer sits with people for one hour before anything is uploaded. In a year we "
        "took out eleven papers that could have harmed somebody.",
        material="M06", practice="legal hour",
        cited=(("IT", Cited.TRAINING, ""), ("SE", Cited.REPORT, "Yearly report")),
    ),
    DemoStory(
        "DE", Profession.LANGUAGE_TEACHER, 5, ValueCycle.POTENTIAL,
        "What I leave behind",
        "I go to another school in spring. What should stay: the list of three firms that always "
        "answer, the box with picture cards sorted by trade, and the rule that we never correct "
        "somebody's language while they speak of their work.",
        occasion=Occasion.LEAVING, material="M01",
    ),
    DemoStory(
        "IT", Profession.INTERCULTURAL_MEDIATOR, 110, ValueCycle.APPLIED,
        "What the mediation module came to",
        "After the module I stopped translating sentences and began to say what each side waits "
        "for. In the third talk a young man showed his portfolio himself; I only sat there.",
        occasion=Occasion.TRAINING, material="M07",
        cited=(("EL", Cited.TRAINING, "Module, second evening"),),
    ),
)  # fmt: skip


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    for told in STORIES:
        teller = _expert(told.country, told.profession)
        if teller is None or Story.objects.filter(title=told.title, teller=teller).exists():
            continue
        story = Story.objects.create(
            title=told.title,
            text=told.text,
            language=told.language,
            occasion=told.occasion,
            cycle=told.cycle,
            teller=teller,
            country=teller.country,
            material=Material.objects.filter(code=told.material).first(),
            practice=_practice(told.practice),
            told_on=anchor - timedelta(days=told.days),
        )
        for code, used_in, note in told.cited:
            StoryCitation.objects.create(
                story=story,
                by=Person.objects.filter(country__code=code, expert__isnull=False).earliest("pk"),
                used_in=used_in,
                note=note,
                on=min(anchor, story.told_on + timedelta(days=9)),
            )


def _expert(code: str, profession: Profession) -> Person | None:
    """Somebody of that role in the country, else anybody who works with migrants there."""
    experts = Person.objects.filter(country__code=code, expert__isnull=False).order_by("pk")
    return experts.filter(expert__profession=profession).first() or experts.first()


def _practice(letters: str) -> Practice | None:
    if not letters:
        return None
    return Practice.objects.published().filter(current__title__icontains=letters).first()
