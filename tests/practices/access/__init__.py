"""Who gets where in what the community learns, part by part."""

from tests.practices.access import (
    forming,
    health,
    ideas,
    people,
    practices,
    questions,
    stories,
    talk,
    watch,
)

PARTS = (forming, health, ideas, people, practices, questions, stories, talk, watch)
