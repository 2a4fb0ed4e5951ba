"""How Alembic runs: always inside the program, on the connection and in the transaction that `storage.upgrade` opened."""

from __future__ import annotations

from alembic import context

from alumnidesk.models import Base, Flag


def _plain(kind: str, item: object, _context: object) -> str | bool:
    """Own column types are written into migrations as what they are in the file: a migration must not change with us."""
    return "sa.Integer()" if kind == "type" and isinstance(item, Flag) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's one transaction spans all steps
    render_item=_plain,
    compare_server_default=True,
    include_object=lambda _object, name, kind, _reflected, _other: (
        not (kind == "table" and str(name).startswith("contact_search"))
    ),
)
context.run_migrations()
