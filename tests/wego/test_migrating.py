"""Tables made in one step are those made one by one, also where they name each other."""

import pytest
from django.db import connection, models
from django.db.migrations import AddField, CreateModel
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from wego.migrating import CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))


def point_at(model):
    return models.ForeignKey(f"wego.{model}", models.PROTECT, null=True)


def tables():
    """A hen that names its egg, an egg that names its hen, and what may not be said of them."""
    named = models.CheckConstraint(condition=~models.Q(name=""), name="hen_has_a_name")
    hen = CreateModel(
        "Hen",
        [KEY, ("name", models.CharField(max_length=9)), ("egg", point_at("egg"))],
        options={"constraints": [named]},
    )
    return [hen, CreateModel("Egg", [KEY, ("hen", point_at("hen"))])]


def after(*operations):
    state = ProjectState()
    assert not state.apps.get_models()
    for operation in operations:
        operation.state_forwards("wego", state)
    return state


def test_the_state_is_that_of_one_by_one():
    hen, egg = tables()
    last = hen.fields.pop()
    one_by_one = after(hen, egg, AddField("hen", *last))

    together = after(CreateModels(tables()))

    assert together == one_by_one
    assert together.apps.get_model("wego", "Egg")._meta.get_field("hen").related_model is (
        together.apps.get_model("wego", "Hen")
    )


@pytest.mark.django_db(transaction=True)
def test_the_tables_come_and_go():
    operation, empty = CreateModels(tables()), ProjectState()
    full = after(operation)
    there = {"wego_hen", "wego_egg"}

    with connection.schema_editor() as editor:
        operation.database_forwards("wego", editor, empty, full)
    try:
        assert there <= set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "wego_hen")
        assert "hen_has_a_name" in found
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("wego", editor, full, empty)
    assert not there & set(connection.introspection.table_names())


def test_a_migration_can_hold_it():
    text, imports = OperationWriter(CreateModels(tables())).serialize()

    assert "wego.migrating.CreateModels(" in text
    assert text.count("migrations.CreateModel(") == 2
    assert "import wego.migrating" in imports
    assert CreateModels(tables()).describe() == "Create models Hen, Egg"
