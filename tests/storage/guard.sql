-- Fails the transaction of whoever changes a tree without its marks (storage/repositories/marks.py): entries, cells and
-- runs without `visions.revision`; nodes, terms, pauses, settings and memberships without `visions.shape`.
CREATE FUNCTION guard_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.revision <> OLD.revision THEN
        PERFORM set_config('guard.revision_' || NEW.id, 'changed', true);
    END IF;
    IF TG_OP = 'INSERT' OR NEW.shape <> OLD.shape THEN
        PERFORM set_config('guard.shape_' || NEW.id, 'changed', true);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER guard AFTER INSERT OR UPDATE ON visions FOR EACH ROW EXECUTE FUNCTION guard_note();

-- Its arguments are the mark, and how the row of the table tells its trees.
CREATE FUNCTION guard_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    one bigint;
BEGIN
    changed := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    FOR one IN EXECUTE 'SELECT v.id FROM visions v WHERE ' || TG_ARGV[1] USING changed LOOP
        IF current_setting('guard.' || TG_ARGV[0] || '_' || one, true) IS DISTINCT FROM 'changed' THEN
            RAISE EXCEPTION '% % of vision % without its %', TG_OP, TG_TABLE_NAME, one, TG_ARGV[0];
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OR DELETE ON entries DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('revision', 'v.id = ($1).vision_id');
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OR DELETE ON cells DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('revision', 'v.id = (SELECT n.vision_id FROM nodes n WHERE n.id = ($1).node_id)');
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OR DELETE ON runs DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('revision', 'v.id = (SELECT n.vision_id FROM nodes n WHERE n.id = ($1).node_id)');
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OR DELETE ON nodes DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('shape', 'v.id = ($1).vision_id');
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OR DELETE ON node_targets DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('shape', 'v.id = (SELECT n.vision_id FROM nodes n WHERE n.id = ($1).node_id)');
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OR DELETE ON pauses DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('shape', 'v.owner_id = ($1).owner_id AND (($1).node_id IS NULL
        OR v.id = (SELECT n.vision_id FROM nodes n WHERE n.id = ($1).node_id))');
CREATE CONSTRAINT TRIGGER guard AFTER UPDATE OF chat_id, type, title, timezone, day_start, week_start, locale ON owners
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_check('shape', 'v.owner_id = ($1).id');
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE OF left_at OR DELETE ON members DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION guard_check('shape', 'v.owner_id = ($1).owner_id');
