"""How Alembic runs: always inside the program, on the connection and in the transaction of `storage.upgrade`."""

from __future__ import annotations

from alembic import context

from alumnidesk.models import Base, Flag


def _plain(kind: str, item: object, _context: object) -> str | bool:
    """Own column types are written as what they are in the file: a migration must not change with us."""
    return "sa.Integer()" if kind == "type" and isinstance(item, Flag) else False


def _other_default(*defaults: object) -> bool:
    """Whether a column's default differs; Alembic's own comparison takes an empty text for another one each time."""
    in_file, in_models = (str(default or "").strip("()'") for default in (defaults[3], defaults[5]))
    return in_file != in_models


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's one transaction spans all steps
    render_item=_plain,
    compare_server_default=_other_default,
    include_object=lambda _object, name, kind, _reflected, _other: (
        not (kind == "table" and str(name).startswith("contact_search"))
    ),
)
context.run_migrations()
