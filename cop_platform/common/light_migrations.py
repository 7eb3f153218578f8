"""Migrating forwards without drawing every model anew at each step.

Django keeps the models of each moment of the past as classes. After an operation it draws all that
are related to the changed one, over any number of relations: with a person in the middle these are
all models, and 94 % of the time of a `migrate` goes there. Here the changed model alone is drawn.
Relations lead to classes of a moment before, which differ in what no statement for the database
asks for. Whatever reads rows or compares columns gets all models fresh.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState


class LightState(ProjectState):
    """The models of one moment, of which an operation that adds draws the changed one only."""

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """Draws this model anew, whatever leads to it."""
        # RunPython asks for it: its functions get all models drawn afresh.
        self.is_delayed = True
        if "apps" not in self.__dict__:
            return  # they are drawn when somebody asks for them
        if self._is_a_base(app_label, model_name):
            self._draw_all_later()
            return
        with self.apps.bulk_update():
            self.apps.unregister_model(app_label, model_name)
        self.apps.render_multiple([self.models[app_label, model_name]])

    # What exists is changed: the statement depends on who points there, so all must be right.

    def remove_model(self, *args: Any, **kwargs: Any) -> None:
        self._draw_all_later()
        super().remove_model(*args, **kwargs)

    def rename_model(self, *args: Any, **kwargs: Any) -> None:
        self._draw_all_later()
        super().rename_model(*args, **kwargs)

    def remove_field(self, *args: Any, **kwargs: Any) -> None:
        self._draw_all_later()
        super().remove_field(*args, **kwargs)

    def alter_field(self, *args: Any, **kwargs: Any) -> None:
        self._draw_all_later()
        super().alter_field(*args, **kwargs)

    def rename_field(self, *args: Any, **kwargs: Any) -> None:
        self._draw_all_later()
        super().rename_field(*args, **kwargs)

    def alter_model_options(self, *args: Any, **kwargs: Any) -> None:
        # The name of a table is an option.
        self._draw_all_later()
        super().alter_model_options(*args, **kwargs)

    def _draw_all_later(self) -> None:
        self.__dict__.pop("apps", None)

    def _is_a_base(self, app_label: str, model_name: str) -> bool:
        key = f"{app_label}.{model_name}"
        bases = (base for state in self.models.values() for base in state.bases)
        return any(isinstance(base, str) and base.lower() == key for base in bases)


class LightExecutor(MigrationExecutor):
    """Django's own but for its states when it goes forwards; backwards all is Django's."""

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """Goes one migration forwards; gives the state behind it."""
        if not isinstance(state, LightState):
            state = LightState(models=state.models, real_apps=state.real_apps)
        return super().apply_migration(state, migration, fake, fake_initial)
