"""PostgreSQL changes the marks of trees for processes of the previous release, which does not know them.

Processes are replaced one by one (docs/operating.md, Upgrade). Those of this release declare themselves in their
sessions (`storage.postgres.MARKED`) and change the marks themselves: for them the triggers cost one comparison.
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"

_UNMARKED = "current_setting('goaltree.marks', true) IS DISTINCT FROM 'kept'"
_DRAWN = "(random() * 9e18)::bigint"
_UP = (
    f"""CREATE FUNCTION revise_for_others() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE visions SET revision = {_DRAWN} WHERE id = NEW.vision_id;
        RETURN NULL; END $$""",
    f"""CREATE TRIGGER revise_for_others AFTER INSERT OR UPDATE ON entries FOR EACH ROW
        WHEN ({_UNMARKED}) EXECUTE FUNCTION revise_for_others()""",
    f"""CREATE FUNCTION reshape_for_others() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.shape = {_DRAWN}; NEW.revision = {_DRAWN};
        RETURN NEW; END $$""",
    # Every change of nodes, terms, pauses or a whole cache also changes the row of the vision.
    f"""CREATE TRIGGER reshape_for_others BEFORE UPDATE ON visions FOR EACH ROW
        WHEN ({_UNMARKED} AND NEW.shape = OLD.shape AND NEW.revision = OLD.revision)
        EXECUTE FUNCTION reshape_for_others()""",
    f"""CREATE FUNCTION reshape_owners_for_others() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE visions SET shape = {_DRAWN} WHERE owner_id = NEW.id;
        RETURN NULL; END $$""",
    f"""CREATE TRIGGER reshape_owners_for_others AFTER UPDATE OF timezone, day_start, week_start ON owners FOR EACH ROW
        WHEN ({_UNMARKED}) EXECUTE FUNCTION reshape_owners_for_others()""",
)
_DOWN = (("entries", "revise_for_others"), ("visions", "reshape_for_others"), ("owners", "reshape_owners_for_others"))


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for statement in _UP:
            op.execute(statement)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for table, name in _DOWN:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
