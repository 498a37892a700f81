"""Tables that are made together are the tables that are made one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from core.database.tables import CreateTables

pytestmark = pytest.mark.django_db
KEY = ("id", models.BigAutoField(primary_key=True))


def table(name: str, **fields: models.Field) -> migrations.CreateModel:
    return migrations.CreateModel(name=name, fields=[KEY, *fields.items()])


def tables() -> CreateTables:
    return CreateTables([table("House"), table("Room", house=models.ForeignKey("core.house", models.CASCADE))])


def there() -> set[str]:
    return {name for name in connection.introspection.table_names() if name in ("core_house", "core_room")}


def test_they_are_made_and_taken_away_together():
    before, operation = ProjectState(), tables()
    assert before.apps is not None  # somebody has looked at the picture before
    after = before.clone()
    operation.state_forwards("core", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, before, after)
    assert there() == {"core_house", "core_room"}
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, after, before)
    assert there() == set()


def test_the_state_is_that_of_single_steps():
    together, singly = ProjectState(), ProjectState()
    tables().state_forwards("core", together)
    for each in tables().tables:
        each.state_forwards("core", singly)
    assert together == singly
    assert together.apps.get_model("core", "Room")._meta.get_field("house").related_model.__name__ == "House"


def test_it_can_be_written_and_told():
    assert tables().describe() == "Create model House, Create model Room"
    text, imports = OperationWriter(tables(), indentation=0).serialize()
    assert "CreateTables(" in text and "import core.database.tables" in imports
