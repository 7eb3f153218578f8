"""Easy forms as those who run them see them: writing, sharing, typing in, reading."""
