"""The words of the demo's other practices, as people of the countries would write them."""

from __future__ import annotations

from dataclasses import replace

from practices.domain.practices.cards import Card

ALOUD = Card(
    language="en",
    title="An employer reads a portfolio aloud",
    place="Back office of a bakery, Uppsala",
    need="People write what they think an employer wants to read. Nobody tells them which lines "
    "an employer passes over.",
    steps="1. Find an employer who gives twenty minutes and has no job to fill: nobody is being "
    "tested.\n"
    "2. The employer reads the portfolio aloud, and says at each line what it makes them think.\n"
    "3. The person listens, and marks lines with a dot: clear, or not clear.\n"
    "4. Then three questions, from the person to the employer.\n"
    "5. Rewrite the lines with two dots the same week.",
    resources="Twenty minutes of an employer, a mentor who keeps the time, a consent card.",
    result="People cut what nobody reads, and put one real task with a number at the top.",
    evidence="14 portfolios before and after, read by two recognition officers who did not know "
    "which was which: 11 clearer afterwards, 2 the same, 1 less clear.",
    lessons="Tell the employer beforehand not to correct the language. It is about the content.",
    conditions="A person who wants it: being read aloud is not for everybody.",
    adaptable="By phone, with names and places covered.",
    inclusion=("genders", "data", "hosts"),
)

PHOTOS = Card(
    language="en",
    title="Photo walk of skills",
    place="A street, a park and a kitchen, Athens",
    need="People who say *I can do nothing* do twenty things on an ordinary day. Words come "
    "later than pictures.",
    steps="1. Walk for one hour in a group of four, with one phone.\n"
    "2. Everybody takes five pictures of things they could do here, repair, sell, cook, explain. "
    "No faces.\n"
    "3. Back at the table, each chooses two and says: *I can ...* Somebody writes it down as "
    "said.\n"
    "4. The caption becomes evidence: where did you do this, for how long, who could say so?",
    resources="One hour and a half, phones that people have, a printer helps.",
    result="Every person leaves with two captioned pictures, and most with a piece of evidence "
    "nobody had asked about.",
    evidence="7 walks, 27 people, 54 captions; 38 of them name a task that was not in the "
    "portfolio before.",
    lessons="Say *no faces* at the start, and again at the end before pictures are stored.",
    conditions="Dry weather, and a street where taking pictures is no provocation.",
    adaptable="A kitchen instead of a street; drawings for people who avoid pictures.",
    inclusion=("genders", "languages", "data", "voice"),
)

PEER = Card(
    language="en",
    title="Peer pair for the first upload",
    place="Computer corner of a social cooperative, Bologna",
    need="The first upload fails: a lost password, a file that is too large, the fear of pressing "
    "the wrong button. Mentors solve it in a minute, and the next time it fails again.",
    steps="1. Whoever uploaded something last month helps whoever does it now.\n"
    "2. The helper does not touch the device. Hands behind the back.\n"
    "3. The mentor sits at the next table and is asked by the helper only.\n"
    "4. At the end the helper writes one line: *What was hard?* The line goes to the learners' "
    "help sheet.",
    resources="Half an hour for each pair; a voucher for the helper's way.",
    result="The second upload works without help, and helpers come back as volunteers.",
    evidence="19 pairs: 16 people uploaded a second file alone within two weeks. Of 15 people "
    "helped by mentors before: 6.",
    lessons="Pair by language first, by age never.",
    conditions="Two people who both want it.",
    adaptable="By video, when the pair shares no town.",
    inclusion=("genders", "languages", "access", "data", "voice"),
)

CONSENT = Card(
    language="en",
    title="Consent talk with pictures",
    place="Meeting room without a desk, Stockholm",
    need="People sign whatever is put before them. A signature that was not understood is no "
    "consent, and it comes back as distrust.",
    steps="1. Six picture cards: who sees it, where it is kept, how long, what for, what if I "
    "say no, how I take it back.\n"
    "2. The person lays them in the order in which they want to talk about them.\n"
    "3. After each card the person says in their words what it means. The mentor does not ask "
    "*Did you understand?*\n"
    "4. *No* is said first, as an example, by the mentor, about something of their own.",
    resources="Six cards, twenty minutes, an interpreter if wanted.",
    result="More people say no to something, and more come to the second meeting.",
    evidence="22 talks: 9 people refused the photo and kept all the rest; 20 came back. Before, "
    "with the form alone: no refusals in 31, and 19 came back.",
    lessons="A refusal is a success. Note how many there are; if there are none, ask why.",
    conditions="Nobody in the room who decides about the person's money or papers.",
    adaptable="Pictures: have them looked at by people of the language group.",
    inclusion=("genders", "languages", "access", "data", "voice"),
)

GLOSSARY = Card(
    language="en",
    title="The learners' pocket glossary",
    place="Evening class, Hamburg",
    need="The same twelve words stop people on every form. They are explained every time, and "
    "lost again.",
    steps="1. A small notebook for everybody, four words a page.\n"
    "2. Learners write the word, the meaning in their language, and where they met it.\n"
    "3. Every fourth meeting the group chooses the three words of the month for the wall.",
    resources="Notebooks, ten minutes a meeting.",
    result="Learners explain words to each other, and ask for forms instead of avoiding them.",
    lessons="No corrections with a red pen. It is their book.",
    adaptable="On the phone, with voice; but paper is shown around more.",
    inclusion=("languages", "voice"),
)

LEGAL = Card(
    language="en",
    title="A legal hour before the upload",
    place="City office, Zaragoza",
    need="People upload papers that can hurt them: a refused application, a wrong date of birth, "
    "the name of a relative without papers.",
    steps="1. One hour a month with a legal adviser, before anything is uploaded.\n"
    "2. Everybody brings a folder; nothing is copied.\n"
    "3. Three piles: *helps me*, *helps nobody*, *ask first*.",
    resources="A legal adviser for one hour, a room with a door.",
    result="People upload less, and what helps them.",
    lessons="Not in the office where permits are given.",
    inclusion=("data",),
)

KITCHEN = Card(
    language="en",
    title="Kitchen walk: captions without pictures",
    place="Training kitchen of a social cooperative, Bologna",
    need="Some people avoid pictures, for reasons they need not give. The photo walk left them "
    "out.",
    steps="1. Walk through a kitchen, touch and name what you could use.\n"
    "2. Say *I can ...*; a partner writes it on a label, the label is stuck to the thing.\n"
    "3. Collect your own labels; each becomes a caption of the portfolio.",
    resources="A kitchen for an hour, labels, pens.",
    result="Women who did not come to the photo walk came to this one.",
    evidence="3 walks, 17 people, 14 of them had stayed away from the photo walk.",
    lessons="Labels in the own language first.",
    conditions="A kitchen that is not working at that hour.",
    adaptable="A workshop, a garden.",
    inclusion=("genders", "languages", "data", "voice"),
)

ALOUD_BY_PHONE = replace(
    ALOUD,
    steps=ALOUD.steps.replace(
        "1. Find an employer who gives twenty minutes",
        "1. Find an employer who gives twenty minutes, in the room or on the phone,",
    ),
    lessons=f"{ALOUD.lessons} On the phone the person marks dots on a printed copy.",
    what_changed="It works on the phone as well, with a printed copy to mark.",
)
