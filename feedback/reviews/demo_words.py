"""What the demo project's reviewers say, in their own words."""

from __future__ import annotations

LOW = {
    "C1": (
        "The part on residence titles describes the law before the last reform.",
        "The office named here was merged with another one last year.",
    ),
    "C2": ("The first page promises a finished portfolio; the exercises stop before it.",),
    "C3": ("I would need an hour to prepare what the plan calls ten minutes.",),
    "C4": (
        "Sentences of thirty words; my group gave up on page 2.",
        "“Competence profile” and “evidence” are not explained anywhere.",
    ),
    "C5": ("The picture on page 5 shows every woman in a kitchen.",),
    "C6": ("All examples are about families with two parents.",),
    "C7": (
        "The captions run ahead of the voice, and the slides cannot be read on a phone.",
        "My screen reader reads the cards in the wrong order.",
    ),
    "C8": (
        "Why the date of arrival? We do not need it, and people are afraid of the question.",
        "The form asks for a photo without saying who will see it.",
    ),
    "C9": ("After the last exercise the learner does not know where to take the portfolio.",),
    "C10": ("The file is locked; we cannot put in our own addresses.",),
}
MEND = {
    "C1": (
        "Ask the legal adviser of each country to read this part again, with a date beside it.",
    ),
    "C2": ("Add a last step in which the portfolio is put together, or promise less.",),
    "C3": ("Say what to print and cut the day before, and plan half an hour for it.",),
    "C4": (
        "One thought in a sentence, twelve words at most; I marked where to cut.",
        "Put a list of seven words in front, each with an example.",
    ),
    "C5": ("Take pictures of people at work, women and men in equal numbers.",),
    "C6": ("Add a grandmother, a single father and somebody who came alone.",),
    "C7": (
        "Let the captions stand two seconds longer, and use letters of twice the size.",
        "Number the cards and put the words for the screen reader in that order.",
    ),
    "C8": (
        "Leave the field out; ask for the year only where a law wants it.",
        "Say in one sentence who sees the photo, or do without it.",
    ),
    "C9": ("End with an address: who reads the portfolio, where, and when they are open.",),
    "C10": ("Publish it as a file that can be edited, with a gap for the addresses.",),
}
KIND = (
    "Worked well in my group.",
    "The examples come from real life.",
    "Short and clear; keep it like this.",
    "A second example from care work would help.",
)
REASON = "I read the printed edition only and cannot judge this."
# Of the rubric for platform screens, which asks in four ways.
HESITATED = (
    "At the second screen: I did not see that the list goes on below.",
    "When it asked for a code. My phone was in the other room.",
    "I went back from “Share”, as I could not tell with whom.",
    "Nowhere, but my learner would stop at the word “artefact”.",
)
