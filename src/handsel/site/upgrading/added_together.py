"""What a migration adds one after the other, done without Django making most models anew for each step.

Django renders every model that is connected with the table of an added column, and here nearly all are: of 66 columns
that took ten seconds, in every new database. Only the table itself is another one afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor as SchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Addition = AddConstraint | AddField | AddIndex | CreateModel
"""Operations after which one table is another one."""


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The operations, with those that stand together and add something to one table each as one."""
    found: list[Operation] = []
    for _, group in groupby(operations, lambda operation: isinstance(operation, Addition)):
        alike = list(group)
        steps = [each for each in alike if isinstance(each, Addition)]
        found += [_Additions(steps)] if steps else alike
    return found


class _Additions(Operation):
    """Makes one addition after the other."""

    def __init__(self, steps: Sequence[Addition]) -> None:
        self.steps = steps

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # the models are made when they are asked for, once
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: SchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        before = from_state
        for step in self.steps:
            after = _after(before, step, app_label)
            step.database_forwards(app_label, schema_editor, before, after)
            before = after

    def describe(self) -> str:
        return f"Make {len(self.steps)} additions"


def _after(state: ProjectState, step: Addition, app_label: str) -> ProjectState:
    """The state after a step. Only the table's own model is new in it; the others refer to the old one."""
    name = step.name_lower if isinstance(step, CreateModel) else step.model_name_lower
    apps = state.apps.clone()
    after = ProjectState({**state.models}, state.real_apps)
    if not isinstance(step, CreateModel):
        after.models[app_label, name] = state.models[app_label, name].clone()  # which the step changes
        apps.unregister_model(app_label, name)
    step.state_forwards(app_label, after)
    apps.render_multiple([after.models[app_label, name]])
    after.__dict__["apps"] = apps
    return after
