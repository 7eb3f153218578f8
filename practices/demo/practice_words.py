"""The words of the demo's two practices that have a second version."""

from __future__ import annotations

from practices.domain.practices.cards import Card

INTERVIEW = (
    Card(
        language="en",
        title="Two-column interview: own language beside host language",
        place="Reading room of a neighbourhood library, Sofia",
        need="In the first meeting people tell little, because they only say what they can say in "
        "the host language. Half of what they can do never reaches the portfolio.",
        steps="1. Fold a sheet lengthwise. The left column belongs to the person, the right one "
        "to the mentor.\n"
        "2. Ask one open question: *What did you do on a normal working day?*\n"
        "3. The person writes or draws on the left, in any language, for ten minutes. Nobody "
        "interrupts.\n"
        "4. Together find host-language words for three lines, on the right. Not more.\n"
        "5. The person takes the sheet home; the mentor keeps a photo only if it is wanted.",
        resources="Paper, two pens, forty minutes, no laptop. An interpreter helps and is not "
        "needed.",
        result="People name more tasks than in an interview in the host language, and correct "
        "what the mentor understood wrongly.",
        evidence="11 mentors counted tasks named in the first meeting before and after: 4 and 9 "
        "on average, with 26 people.",
        lessons="The first sheet is often empty for five minutes. Wait. Do not fill the silence.",
        conditions="A table where nobody reads over the shoulder.",
        adaptable="Questions, length, drawing instead of writing. Keep the silence.",
        inclusion=("genders", "languages", "data"),
    ),
    Card(
        language="en",
        title="Two-column interview: own language beside host language",
        place="Reading room of a neighbourhood library, Sofia",
        need="In the first meeting people tell little, because they only say what they can say in "
        "the host language. Half of what they can do never reaches the portfolio.",
        steps="1. Fold a sheet lengthwise. The left column belongs to the person, the right one "
        "to the mentor.\n"
        "2. Ask one open question: *What did you do on a normal working day?*\n"
        "3. The person writes, draws or records a voice note, in any language, for ten minutes. "
        "Nobody interrupts.\n"
        "4. Together find host-language words for three lines, on the right. Not more.\n"
        "5. Read the three lines aloud, and ask: *Is this you?*\n"
        "6. The person takes the sheet home; the mentor keeps a photo only if it is wanted.",
        resources="Paper, two pens, forty minutes, no laptop. An interpreter helps and is not "
        "needed.",
        result="People name more tasks than in an interview in the host language, and correct "
        "what the mentor understood wrongly. People who do not write take part as well.",
        evidence="11 mentors counted tasks named in the first meeting before and after: 4 and 9 "
        "on average, with 26 people. With voice notes: 8 on average, with 12 people who write "
        "little.",
        lessons="The first sheet is often empty for five minutes. Wait. Do not fill the silence.",
        conditions="A table where nobody reads over the shoulder.",
        adaptable="Questions, length, drawing or speaking instead of writing. Keep the silence, "
        "and the question at the end.",
        inclusion=("genders", "languages", "access", "data"),
        what_changed="Voice notes for people who write little, and a question at the end.",
    ),
)

CAFE = (
    Card(
        language="en",
        title="Portfolio cafe with childcare",
        place="Canteen of an adult-education centre",
        need="Parents, most of them mothers, came to one portfolio meeting and not to the second: "
        "there was nobody to look after the children.",
        steps="1. Same day, same hour, every second week, after school.\n"
        "2. Two students of early education play with the children in the same room.\n"
        "3. Three tables: *begin*, *go on*, *show*. People choose where they sit.\n"
        "4. Coffee first. One task for each visit, written on the table, at most thirty minutes.\n"
        "5. The last ten minutes somebody shows one page to the room, if they like.",
        resources="Two hours, two helpers for up to ten children, 40 euros for food, a room that "
        "may be loud.",
        result="Parents come back. Two of three finish the first four pages within two months.",
        evidence="Attendance over six months: 31 parents, 22 of them four times or more. Before, "
        "without childcare: 7 of 29. Sign-in lists without names, by a mark.",
        lessons="Not a quiet room next door: parents want to see their children. Do not move the "
        "hour, whatever happens.",
        conditions="The helpers need a clearance certificate; ask for it six weeks ahead.",
        adaptable="Food, tables, rhythm. Keep childcare in the same room.",
        inclusion=("genders", "languages", "voice", "hosts"),
    ),
    Card(
        language="en",
        title="Portfolio cafe with childcare",
        place="Canteen of an adult-education centre",
        need="Parents, most of them mothers, came to one portfolio meeting and not to the second: "
        "there was nobody to look after the children.",
        steps="1. Same day, same hour, every second week, after school.\n"
        "2. Two students of early education play with the children in the same room.\n"
        "3. Three tables: *begin*, *go on*, *show*. People choose where they sit.\n"
        "4. Coffee first. One task for each visit, written on the table, at most thirty minutes.\n"
        "5. Neighbours are invited to the table *show*: one of them asks, one listens.\n"
        "6. The last ten minutes somebody shows one page to the room, if they like.",
        resources="Two hours, two helpers for up to ten children, 40 euros for food, a room that "
        "may be loud.",
        result="Parents come back. Two of three finish the first four pages within two months. "
        "Five found a neighbour who went to an office with them.",
        evidence="Attendance over ten months: 44 parents, 31 of them four times or more. Before, "
        "without childcare: 7 of 29. Sign-in lists without names, by a mark.",
        lessons="Not a quiet room next door: parents want to see their children. Do not move the "
        "hour, whatever happens.",
        conditions="The helpers need a clearance certificate; ask for it six weeks ahead.",
        adaptable="Food, tables, rhythm. Keep childcare in the same room.",
        inclusion=("genders", "languages", "data", "voice", "hosts"),
        what_changed="Neighbours at the table where pages are shown; ten months of attendance.",
    ),
)
