"""Details that tell who spoke: found in thirteen languages, and not where there are none."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common import details
from cop_platform.common.details import Detail, Kind, find, masked, words

PACKAGE = str(Path(details.__file__).parent)
# What stands in a text, and what everybody else may read of it.
MARKED = [
    ("My name is Ahmed Hassan and I am from Syria.", "My name is [name] and I am from Syria."),
    ("i am called maria and i like it", "i am called [name] and i like it"),
    ("Call me Joe.", "Call me [name]."),
    ("My mentor Sarah Miller was there.", "My mentor [name] was there."),
    ("Ask Dr. Weber about it.", "Ask Dr. [name] about it."),
    ("I talked with Kowalski yesterday.", "I talked with [name] yesterday."),
    ("She lives at 12 Oak Street.", "She lives at [address]."),
    ("Write to amal.h@example.org, please.", "Write to [e-mail address], please."),
    ("My number is +44 7700 900123.", "My number is [telephone]."),
    ("I was born on 12 March 1990.", "I was born on [date of birth]."),
    ("My passport is A12345678.", "My passport is [number]."),
    ("MY NAME IS AHMED AND I NEED HELP", "MY NAME IS [name] AND I NEED HELP"),
    ("Казвам се Мария Петрова.", "Казвам се [name]."),
    ("Дъщеря ми се казва Зейнеп и е на шест.", "Дъщеря ми се казва [name] и е на шест."),
    ("Живея на ул. „Иван Вазов“ 12, вх. Б, ап. 7.", "Живея на [address]."),
    ("Питайте г-жа Иванова за това.", "Питайте г-жа [name] за това."),
    ("Телефонът ми е 0888 123 456.", "Телефонът ми е [telephone]."),
    ("ЕГН 8503121234 го пише навсякъде.", "ЕГН [number] го пише навсякъде."),
    ("Роден съм на 03.05.1988 г.", "Роден съм на [date of birth] г."),
    ("Вчера говорих с Фисник за документите.", "Вчера говорих с [name] за документите."),
    ("Ich heiße Fatima und komme aus Syrien.", "Ich heiße [name] und komme aus Syrien."),
    ("Frau Schneider hat mir geholfen.", "Frau [name] hat mir geholfen."),
    ("Meine Betreuerin Nowak war nett.", "Meine Betreuerin [name] war nett."),
    ("Ich wohne in der Hauptstraße 12.", "Ich wohne in der [address]."),
    ("Das steht im Aktenzeichen 3 K 1234/20.", "Das steht im Aktenzeichen [number]."),
    ("Gestern war ich mit Aleksandra Kowalska dort.", "Gestern war ich mit [name] dort."),
    ("Με λένε Γιώργο Παπαδόπουλο.", "Με λένε [name]."),
    ("Ο κ. Παπαδόπουλος ήταν καλός.", "Ο κ. [name] ήταν καλός."),
    ("Μένω στην οδό Ερμού 15.", "Μένω στην [address]."),
    ("Το ΑΦΜ μου είναι 123456789.", "Το ΑΦΜ μου είναι [number]."),
    ("Mi chiamo Giulia Rossi.", "Mi chiamo [name]."),
    ("La sig.ra Bianchi è gentile.", "La sig.ra [name] è gentile."),
    ("Abito in via Garibaldi 5, int. 3.", "Abito in [address]."),
    ("Il mio codice fiscale è RSSGLI85A41F205X.", "Il mio codice fiscale è [number]."),
    ("Me llamo José García.", "Me llamo [name]."),
    ("Vivo en la calle Mayor 8, piso 2.", "Vivo en la [address]."),
    ("Mi NIE es X1234567L.", "Mi NIE es [number]."),
    ("Nací el 3 de mayo de 1985.", "Nací el [date of birth]."),
    ("Jag heter Lars Svensson.", "Jag heter [name]."),
    ("Jag bor på Storgatan 5.", "Jag bor på [address]."),
    ("Mitt personnummer är 850412-1234.", "Mitt personnummer är [number]."),
    ("اسمي أحمد محمد وأنا من سوريا.", "اسمي [name] وأنا من سوريا."),
    ("ساعدتني السيدة هدى كثيرا.", "ساعدتني السيدة [name] كثيرا."),
    ("رقمي هو ٠٩٤٤١٢٣٤٥٦", "رقمي هو [telephone]"),
    ("أسكن في شارع الملك فيصل ١٢", "أسكن في [address]"),
    ("ذهبت مع فاطمة إلى المكتب.", "ذهبت مع [name] إلى المكتب."),
    ("اسم من مریم است.", "اسم من [name] است."),
    ("آقای رضایی به من کمک کرد.", "آقای [name] به من کمک کرد."),
    ("متولد ۱۳۶۵/۰۴/۱۲ هستم", "متولد [date of birth] هستم"),
    ("خانه من خیابان ولیعصر پلاک ۱۲ است", "خانه من [address] است"),
    ("Мене звати Олена Коваленко.", "Мене звати [name]."),
    ("Я розмовляла з Оксаною про роботу.", "Я розмовляла з [name] про роботу."),
    ("Живу на вул. Хрещатик 5, кв. 12.", "Живу на [address]."),
    ("Мій телефон 067 123 45 67.", "Мій телефон [telephone]."),
    ("ስመይ ሚካኤል እዩ።", "ስመይ [name] እዩ።"),
    ("ኣቶ ተስፋይ ሓጊዙኒ።", "ኣቶ [name] ሓጊዙኒ።"),
    ("ምስ ሄለን ተዛሪበ።", "ምስ [name] ተዛሪበ።"),
    ("Magacaygu waa Cabdi Warsame.", "Magacaygu waa [name]."),
    ("Waxaan la hadlay Faadumo shalay.", "Waxaan la hadlay [name] shalay."),
    ("Je m'appelle Aminata Diallo.", "Je m'appelle [name]."),
    ("J'habite 5 rue Victor Hugo.", "J'habite [address]."),
    ("Madame Dupont m'a aidée.", "Madame [name] m'a aidée."),
    ("Mon compte est FR76 3000 6000 0112 3456 7890 189.", "Mon compte est [number]."),
    ("Telegram: maria_k87", "Telegram: [web address]"),
    ("Look at facebook.com/ahmad.h or @ahmad_h.", "Look at [web address] or [web address]."),
]
CLEAN = [
    "The form was too long and I stopped at page three.",
    "I wrote it in Arabic on Monday for the Red Cross.",
    "In Sofia I was at the Employment Office.",
    "I will go there in May, I hope so.",
    "We were 12 people in 2023-2024 and it cost 1 500 euro.",
    "The workbook has 48 pages, step 3 of 10 was hard.",
    "I scored 4 of 5 on question C2.",
    "My name is not important.",
    "He has 15 years of work and 3 children.",
    "Формулярът беше твърде дълъг и спрях на страница три.",
    "Страхувам се да покажа диплома от България.",
    "Много ми помогна, но Вие питате твърде много.",
    "В Агенцията по заетостта не ме разбраха.",
    "Das Formular war zu lang und die Fragen auf Seite drei waren schwer.",
    "Am Anfang habe ich das Wort Kompetenz nicht verstanden.",
    "Meine Arbeit in der Küche und die Pflege meiner Mutter zählen nicht.",
    "Das heißt nicht viel, weil das Jobcenter einen Nachweis will.",
    "Im Kurs lernen wir Deutsch und schreiben einen Lebenslauf.",
    "Η φόρμα ήταν πολύ μεγάλη και σταμάτησα στη σελίδα τρία.",
    "Έμαθα ελληνικά στην Ελλάδα και θέλω να δουλέψω.",
    "Il modulo era troppo lungo e mi sono fermata a pagina tre.",
    "Ho lavorato in Italia per 5 anni come cuoca.",
    "El formulario era demasiado largo y paré en la página tres.",
    "La rosa de la carpeta es bonita y el mar también.",
    "Formuläret var för långt och jag slutade på sidan tre.",
    "Jag vill gå till Arbetsförmedlingen och visa min mapp.",
    "كانت الاستمارة طويلة جدا وتوقفت عند الصفحة الثالثة.",
    "أريد أن أعمل في مطبخ كبير لأنني أعرف الطبخ.",
    "فرم خیلی طولانی بود و در صفحه سه متوقف شدم.",
    "من می‌خواهم کار کنم و زبان یاد بگیرم.",
    "У мене є диплом, але форма надто довга.",
    "Я хочу працювати в Україні або в Польщі.",
    "እቲ ቅጥዒ ነዊሕ ነይሩ።",
    "ስራሕ ክደሊ ከሎኹ ቋንቋ ይጽግመኒ።",
    "Foomku aad buu u dheeraa oo waxaan ku joogsaday bogga saddexaad.",
    "Waxaan rabaa inaan shaqeeyo oo aan barto luqadda.",
    "Le formulaire était trop long et je me suis arrêtée à la page trois.",
    "J'ai travaillé en France pendant cinq ans.",
]
# Texts made to be slow: each of them repeated until it is long.
HOSTILE = [
    "a",
    "A",
    "Aa ",
    "aA-",
    "\u00e9\u0301",
    "1",
    "1 ",
    "1-",
    "+1 (",
    "a1",
    "a_",
    "a1-",
    "BG80 ",
    "@",
    "a@",
    "a.",
    "www.",
    "ул. ",
    "ap. 7 ",
    "10115 B ",
    "Straße ",
    "my name is ",
    "Mr ",
    "J. ",
    "born 1 ",
    "1 May ",
    "passport no ",
    "al-",
    "'",
    "'a",
    "\n",
    " ",
    "\u200f",
    "😀",
    "👩\u200d👩\u200d👧",
    "محمد ",
    "ሚካኤል ",
]


@pytest.mark.parametrize(("text", "read_by_others"), MARKED, ids=range(len(MARKED)))
def test_details_are_found(text, read_by_others):
    assert masked(text, find(text)) == read_by_others


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_a_sentence_without_details_stays_as_it_is(text):
    assert find(text) == ()


def test_a_detail_says_where_it_stands_and_what_it_is():
    assert find("I am Ahmed.") == (Detail(5, 10, Kind.NAME),)


def test_several_details_come_in_the_order_of_the_text():
    text = "Ahmed, 0888 123 456, ahmed@example.org, ul. Rakovski 3"

    assert [detail.kind for detail in find(text)] == ["name", "phone", "email", "address"]


def test_details_that_overlap_become_one():
    text = "Write to maria.petrova@example.org"

    assert find(text) == (Detail(9, 34, Kind.EMAIL),)


def test_a_new_line_ends_a_name():
    assert masked("Thanks to Amina\nPage three was hard.", find("Thanks to Amina\nPage")) == (
        "Thanks to [name]\nPage three was hard."
    )


def test_what_is_put_in_place_is_said_in_the_readers_language():
    with translation.override("de"):
        label = str(Kind.NAME.label)
        assert masked("I am Ahmed.", find("I am Ahmed.")) == f"I am [{label}]."


def test_nothing_is_found_in_nothing():
    assert find("") == ()
    assert masked("", ()) == ""


def test_there_are_enough_names_and_each_is_one_word():
    names = words.first_names(sure=False)

    assert 200 <= len(names) <= 900
    assert words.first_names(sure=True) < names
    assert not [name for name in names if " " in name or len(name) < 2]


def test_ten_thousand_faces_hold_no_detail():
    assert find("😀" * 10_000) == ()


@given(st.text(max_size=300))
def test_any_text_gives_sorted_parts_that_do_not_overlap(text):
    found = find(text)

    assert list(found) == sorted(found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@given(st.lists(st.sampled_from([text for text, _said in MARKED] + CLEAN), max_size=6))
def test_a_text_of_many_lines_marks_what_each_line_would(lines):
    text = "\n".join(lines)

    assert {text[one.start : one.end] for one in find(text)} >= {
        line[one.start : one.end] for line in lines for one in find(line) if one.kind == Kind.EMAIL
    }


@given(st.text(max_size=200))
def test_the_same_text_always_gives_the_same(text):
    assert find(text) == find(text)


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_text_takes_four_times_the_steps(piece):
    short, long = (piece * (size // len(piece)) for size in (1_500, 6_000))
    find(long)  # the words are read and folded

    assert steps(long) <= 4.4 * steps(short) + 2_000


def test_a_long_text_of_everything_takes_few_steps_a_character():
    text = ("".join(HOSTILE) * 300)[:20_000]

    assert steps(text) <= 150 * len(text)


def steps(text: str) -> int:
    """Lines of the package that run, whatever the clock says."""
    counted = 0

    def line(_frame, event, _argument):
        nonlocal counted
        counted += event == "line"
        return line

    def call(frame, _event, _argument):
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        find(text)
    finally:
        sys.settrace(before)
    return counted
