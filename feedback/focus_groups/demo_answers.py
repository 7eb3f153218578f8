"""What people of the demo's forms answer; all of it invented."""

from __future__ import annotations

LANGUAGES = {"BG": ["bg", "ar", "uk", "fa", "en"], "ES": ["es", "ar", "fr", "uk"]}
_SPOKEN = ("ar", "uk", "bg", "fa", "ar")
# By position of the question: how easy, how helpful, respect; the same round of answers again
# and again would be no picture of people.
_EASY = (4, 3, 3, 2, 4, 3, 1, 3, 4, 2, 3)
_HELPS = (4, 4, 3, 3, 2, 4, 3)
_RESPECT = (2, 2, 2, 1, 2)

_HARD = {
    "ar": (
        "الكلمات الطويلة صعبة. أحتاج إلى صور أكثر.",
        "لم أفهم صفحة الشهادات.",
        "الخط صغير جدًا على الهاتف.",
    ),
    "uk": (
        "Не зрозуміло, хто підписує портфоліо.",
        "Забагато тексту на одній сторінці.",
        "Важко знайти слово для моєї роботи вдома.",
    ),
    "bg": ("Думата „компетентност“ е трудна.", "Не разбрах страница шест."),
    "fa": ("جمله‌ها بلند بود.", "نمی‌دانستم کجا باید بنویسم."),
}
_CHANGE = {
    "ar": ("أضيفوا مثالًا لشخص عمل في البيت.", "اكتبوا بخط أكبر."),
    "uk": ("Додайте приклад заповненої сторінки.", "Зробіть аудіо до кожного питання."),
    "bg": ("Повече картинки и по-малко текст.",),
    "fa": ("برای هر صفحه یک مثال بگذارید.",),
}
# Words that nobody has gone through yet: two of them seem to tell who wrote.
_NAMED = {
    3: ("bg", "Казвам се Самира Халил, телефон 0888 123 456. Страница шест е трудна."),
    11: ("uk", "Мене звати Олена Коваль, пишіть на olena.koval@example.org. Немає місця для дат."),
    18: ("ar", "أريد أن أجيب مرة أخرى بعد الدرس."),
}
WAITING = frozenset(words for _language, words in _NAMED.values())
_FIT = (
    "Търсачката не намира материалите по ключова дума.",
    "На телефона таблиците са тесни.",
    "Трябва ми печат на няколко страници наведнъж.",
)


def of_migrant(number: int) -> tuple[str, dict[int, int], dict[int, str]]:
    """Language, values and words by the position of the question, of somebody in the row."""
    if number in _NAMED:
        language, said = _NAMED[number]
        return language, _values(number), {4: said}
    language = _SPOKEN[number % len(_SPOKEN)]
    words = {}
    if number % 2 == 0:
        words[4] = _HARD[language][number % len(_HARD[language])]
    if number % 4 == 1:
        words[5] = _CHANGE[language][number % len(_CHANGE[language])]
    return language, _values(number), words


def of_mentor(number: int) -> tuple[dict[int, int], dict[int, str]]:
    """Values of the ten statements and of usefulness, and words of some."""
    good, poor = (5, 4, 4, 3)[number % 4], (1, 2, 2, 3)[number % 4]
    values = {position: good if position % 2 else poor for position in range(1, 11)}
    values[4] = 1 + number % 3
    values[11] = 4 - number % 2
    words = {12: _FIT[number % len(_FIT)]} if number % 3 == 1 else {}
    return values, words


def _values(number: int) -> dict[int, int]:
    values = {1: _EASY[number % len(_EASY)], 2: _HELPS[number % len(_HELPS)]}
    if number % 8 != 0:
        values[3] = _RESPECT[number % len(_RESPECT)]
    return values
