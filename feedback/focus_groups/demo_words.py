"""What the demo's groups say of themselves, and where people find help; all of it invented."""

from __future__ import annotations

# First names that say little of where somebody comes from; nobody real is meant.
NAMES = (
    "Alex",
    "Amal",
    "Andrea",
    "Ariel",
    "Dana",
    "Deniz",
    "Ira",
    "Jamie",
    "Kim",
    "Luca",
    "Mika",
    "Nika",
    "Nour",
    "Noa",
    "Robin",
    "Sacha",
    "Sam",
    "Shadi",
    "Toni",
    "Yuri",
)

RECRUITMENT = {
    "migrant": "Teachers and mediators asked people in their courses. A leaflet was read aloud.",
    "mentor": "All mentors who used the materials got a mail and a call.",
    "expert": "Experts of the community were asked; those who wrote the material were not.",
}
REFUSALS = "No time in the evening; a shift at work. Nobody was asked for a reason."
RELATION = "The moderator is no teacher of the participants and decides nothing for them."
TRAINING = "Two days of training in guided talks; the note-taker did three groups before."
SETTING = "A round table, tea and fruit, a corner for children."
SILENCES = "Two people said little in the round and more in the break; both were asked again."
RETURNED = "The easy summary was read aloud at the next meeting."

# By language: the card of a country, with its place of help in the middle.
CARD = {
    "en": (
        "Did something in this talk make you sad or worried?\n"
        "You can get help. It costs nothing. Nobody is told.\n"
        "{place}: Monday to Friday, 9 to 17.\n"
        "Are you in danger? Call 112."
    ),
    "bg": (
        "Натъжи ли Ви или разтревожи ли Ви нещо в разговора?\n"
        "Можете да получите помощ. Тя е безплатна. Никой няма да научи.\n"
        "{place}: от понеделник до петък, 9–17 ч.\n"
        "В опасност ли сте? Обадете се на 112."
    ),
    "de": (
        "Hat Sie etwas in diesem Gespräch traurig gemacht oder beunruhigt?\n"
        "Sie können Hilfe bekommen. Sie kostet nichts. Niemand erfährt davon.\n"
        "{place}: Montag bis Freitag, 9 bis 17 Uhr.\n"
        "Sind Sie in Gefahr? Rufen Sie 112 an."
    ),
    "el": (
        "Κάτι στη συζήτηση σας στενοχώρησε ή σας ανησύχησε;\n"
        "Μπορείτε να πάρετε βοήθεια. Είναι δωρεάν. Κανείς δεν θα το μάθει.\n"
        "{place}: Δευτέρα έως Παρασκευή, 9 έως 17.\n"
        "Είστε σε κίνδυνο; Καλέστε το 112."
    ),
    "it": (
        "Qualcosa in questo incontro L’ha rattristata o preoccupata?\n"
        "Può ricevere aiuto. È gratis. Nessuno lo saprà.\n"
        "{place}: da lunedì a venerdì, dalle 9 alle 17.\n"
        "È in pericolo? Chiami il 112."
    ),
    "es": (
        "¿Algo de esta charla le puso triste o le preocupó?\n"
        "Puede recibir ayuda. Es gratis. Nadie lo sabrá.\n"
        "{place}: de lunes a viernes, de 9 a 17.\n"
        "¿Está en peligro? Llame al 112."
    ),
    "sv": (
        "Blev du ledsen eller orolig av något i samtalet?\n"
        "Du kan få hjälp. Det kostar ingenting. Ingen får veta det.\n"
        "{place}: måndag till fredag, 9 till 17.\n"
        "Är du i fara? Ring 112."
    ),
    "ar": (
        "هل أحزنك أو أقلقك شيء في هذا الحديث؟\n"
        "يمكنك الحصول على مساعدة. هي مجانية. لن يعرف أحد.\n"
        "{place}: من الاثنين إلى الجمعة، من 9 إلى 17.\n"
        "هل أنت في خطر؟ اتصل بالرقم 112."
    ),
    "uk": (
        "Щось у цій розмові Вас засмутило чи стривожило?\n"
        "Ви можете отримати допомогу. Це безкоштовно. Ніхто не дізнається.\n"
        "{place}: з понеділка до п’ятниці, 9–17.\n"
        "Ви в небезпеці? Дзвоніть 112."
    ),
}
HELP = {
    "BG": "Counselling room, House of Learning",
    "DE": "Beratung, Adult Education Centre North",
    "EL": "Counselling, Lifelong Learning Lab",
    "IT": "Sportello Ponte",
    "ES": "City Office for Newcomers",
    "SE": "Lakeside, student support",
}
PHONE = "+00 000 000 (demo)"
NOTE = "Hand out the card before the talk begins. Walk with whoever wants to go there at once."
