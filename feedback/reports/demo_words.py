"""The invented grant's words in eight languages: (funding statement, disclaimer) by language."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "en": (
        "Funded by the European Union.",
        "What is said here is the view of the authors alone and need not be that of the European "
        "Union or of the granting authority. Neither of them answers for it.",
    ),
    "bg": (
        "Финансирано от Европейския съюз.",
        "Изразеното тук е мнение единствено на авторите и не е непременно мнение на Европейския "
        "съюз или на предоставящия орган. Нито Европейският съюз, нито този орган носи "
        "отговорност за него.",
    ),
    "de": (
        "Von der Europäischen Union finanziert.",
        "Was hier steht, ist allein die Ansicht der Autorinnen und Autoren und nicht "
        "notwendigerweise die der Europäischen Union oder der Bewilligungsbehörde. Weder die "
        "Europäische Union noch diese Behörde ist dafür verantwortlich.",
    ),
    "el": (
        "Με τη χρηματοδότηση της Ευρωπαϊκής Ένωσης.",
        "Όσα λέγονται εδώ είναι αποκλειστικά γνώμη των συγγραφέων και όχι κατ' ανάγκη της "
        "Ευρωπαϊκής Ένωσης ή της αρχής που χορηγεί την επιδότηση. Ούτε η Ευρωπαϊκή Ένωση ούτε η "
        "αρχή αυτή φέρει ευθύνη για αυτά.",
    ),
    "it": (
        "Finanziato dall'Unione europea.",
        "Quanto è scritto qui è il punto di vista dei soli autori e non necessariamente quello "
        "dell'Unione europea o dell'autorità che concede la sovvenzione. Né l'Unione europea né "
        "tale autorità ne sono responsabili.",
    ),
    "es": (
        "Financiado por la Unión Europea.",
        "Lo que aquí se dice es la opinión de los autores únicamente y no refleja por fuerza la de "
        "la Unión Europea ni la de la autoridad que concede la subvención. Ni la Unión Europea ni "
        "dicha autoridad responden de ello.",
    ),
    "sv": (
        "Finansieras av Europeiska unionen.",
        "Det som sägs här är endast författarnas mening och behöver inte vara Europeiska unionens "
        "eller den bidragsbeviljande myndighetens. Varken Europeiska unionen eller myndigheten "
        "ansvarar för det.",
    ),
    "ar": (
        "بتمويل من الاتحاد الأوروبي.",
        "ما يرد هنا هو رأي المؤلفين وحدهم، ولا يعبّر بالضرورة عن رأي الاتحاد الأوروبي أو الجهة "
        "المانحة. ولا يتحمّل الاتحاد الأوروبي ولا الجهة المانحة أي مسؤولية عنه.",
    ),
}
