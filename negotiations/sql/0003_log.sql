-- One log. A Change belongs to the transaction that made it; whatever carries it comes from that same transaction.

-- A transaction's number alone could come again in a restored cluster, hence its start beside it.
CREATE FUNCTION this_transaction() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT pg_current_xact_id()::text || '@' || extract(epoch FROM transaction_timestamp())::text
$$;

CREATE FUNCTION change_is_stamped() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before timestamptz;
BEGIN
  NEW.transaction := this_transaction();
  IF NEW.at IS NULL THEN  -- given only where a log is brought along
    SELECT at INTO before FROM negotiations_change
      WHERE negotiation_id = NEW.negotiation_id AND revision = NEW.revision - 1;
    NEW.at := greatest(clock_timestamp(), before);
  ELSIF NEW.at > clock_timestamp() THEN
    RAISE EXCEPTION 'a change can''t come from the future' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamped BEFORE INSERT ON negotiations_change FOR EACH ROW EXECUTE FUNCTION change_is_stamped();

CREATE FUNCTION revisions_follow_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad record;
BEGIN
  SELECT g.* INTO bad FROM (
    SELECT negotiation_id, min(revision) AS lowest, max(revision) AS highest, count(*) AS many
    FROM added WHERE negotiation_id IS NOT NULL GROUP BY negotiation_id
  ) g JOIN negotiations_negotiation n ON n.id = g.negotiation_id
  WHERE g.many <> g.highest - g.lowest + 1 OR g.highest <> n.revision
    OR (g.lowest > 1 AND NOT EXISTS (SELECT FROM negotiations_change c
                                     WHERE c.negotiation_id = g.negotiation_id AND c.revision = g.lowest - 1))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'revisions % to % of negotiation % leave a gap', bad.lowest, bad.highest, bad.negotiation_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM added a JOIN negotiations_change c
               ON c.negotiation_id = a.negotiation_id AND c.revision = a.revision - 1 WHERE c.at > a.at) THEN
    RAISE EXCEPTION 'the time of changes never goes back' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER revisions_follow_on AFTER INSERT ON negotiations_change REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION revisions_follow_on();

-- The revision goes up only, and at commit the Change that it names is there.
CREATE FUNCTION revision_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.revision < OLD.revision THEN
    RAISE EXCEPTION 'a revision never goes back' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_goes_up BEFORE UPDATE OF revision ON negotiations_negotiation
  FOR EACH ROW EXECUTE FUNCTION revision_goes_up();
ALTER TABLE negotiations_negotiation
  ADD COLUMN head bigint GENERATED ALWAYS AS (nullif(revision, 0)) STORED,
  ADD CONSTRAINT negotiation_head_is_a_change FOREIGN KEY (id, head)
    REFERENCES negotiations_change (negotiation_id, revision) DEFERRABLE INITIALLY DEFERRED;

-- Nothing is added to a past Change.
CREATE FUNCTION change_is_of_this_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT negotiation_id, revision FROM added) a
             LEFT JOIN negotiations_change c USING (negotiation_id, revision)
             WHERE c.transaction IS DISTINCT FROM this_transaction()) THEN
    RAISE EXCEPTION '% carries a change of another transaction', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION row_edit_is_of_this_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added a LEFT JOIN negotiations_change c ON c.id = a.change_id
             WHERE c.transaction IS DISTINCT FROM this_transaction()) THEN
    RAISE EXCEPTION '% carries a change of another transaction', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER own_change AFTER INSERT ON negotiations_rowedit REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION row_edit_is_of_this_transaction();

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'outletgrading', 'sourcegrading', 'snapshot', 'quote', 'claimgrading', 'anchoring', 'stance', 'dependence',
    'evidence', 'commitmentevent'
  ] LOOP
    EXECUTE format('CREATE TRIGGER own_change AFTER INSERT ON negotiations_%s REFERENCING NEW TABLE AS added
                    FOR EACH STATEMENT EXECUTE FUNCTION change_is_of_this_transaction()', t);
    EXECUTE format('ALTER TABLE negotiations_%s ADD CONSTRAINT %s_has_a_change
                    FOREIGN KEY (negotiation_id, revision) REFERENCES negotiations_change (negotiation_id, revision)',
                   t, t);
  END LOOP;
END $$;

-- The Change under which this transaction's edits of rows stand; without one, a Change that says so.
CREATE FUNCTION change_of_this_transaction(of_negotiation bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  found bigint;
  next bigint;
BEGIN
  SELECT id INTO found FROM negotiations_change
    WHERE transaction = this_transaction() AND negotiation_id IS NOT DISTINCT FROM of_negotiation
    ORDER BY id DESC LIMIT 1;
  IF found IS NULL THEN
    IF of_negotiation IS NOT NULL THEN
      UPDATE negotiations_negotiation SET revision = revision + 1 WHERE id = of_negotiation RETURNING revision INTO next;
    END IF;
    INSERT INTO negotiations_change (negotiation_id, revision, verb, what, why, request_hash, transaction)
      VALUES (of_negotiation, next, 'changed', 'outside Parley', 'Written to the database by ' || session_user || '.', '', '')
      RETURNING id INTO found;
  END IF;
  RETURN found;
END $$;

-- Rows born in the same transaction as their negotiation are told by that transaction's changes as a whole.
CREATE FUNCTION negotiation_is_being_born(of_negotiation bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT transaction = this_transaction() FROM negotiations_change
                   WHERE negotiation_id = of_negotiation ORDER BY revision LIMIT 1), false)
$$;

CREATE FUNCTION without_columns(whole jsonb, columns text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT whole - string_to_array(columns, ',')
$$;

-- First argument: columns that are copies and not logged. Second: columns whose values are not kept in the log.
CREATE FUNCTION row_is_logged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN without_columns(to_jsonb(OLD), TG_ARGV[0]) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN without_columns(to_jsonb(NEW), TG_ARGV[0]) END;
  whole jsonb := coalesce(new_row, old_row);
  of_negotiation bigint := CASE WHEN TG_TABLE_NAME = 'negotiations_negotiation' THEN whole -> 'id'
                                ELSE whole -> 'negotiation_id' END;
  col text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, value) FILTER (WHERE new_row -> key IS DISTINCT FROM value),
           jsonb_object_agg(key, new_row -> key) FILTER (WHERE new_row -> key IS DISTINCT FROM value)
      INTO old_row, new_row FROM jsonb_each(old_row);
    IF old_row IS NULL THEN RETURN NULL; END IF;
  END IF;
  IF of_negotiation IS NOT NULL AND negotiation_is_being_born(of_negotiation) THEN RETURN NULL; END IF;
  FOREACH col IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
    IF old_row ? col THEN old_row := old_row || jsonb_build_object(col, '(not kept)'); END IF;
    IF new_row ? col THEN new_row := new_row || jsonb_build_object(col, '(not kept)'); END IF;
  END LOOP;
  INSERT INTO negotiations_rowedit (change_id, "table", "row", before, after)
    VALUES (change_of_this_transaction(of_negotiation), TG_TABLE_NAME, (whole ->> 'id')::bigint, old_row, new_row);
  RETURN NULL;
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'membership', 'priority', 'party', 'collectivemember', 'person', 'meeting', 'attendance', 'instrument',
    'signature', 'commitment', 'beneficiary'
  ] LOOP
    EXECUTE format('CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION row_is_logged('''', '''')', t);
  END LOOP;
END $$;
CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON negotiations_outlet
  FOR EACH ROW EXECUTE FUNCTION row_is_logged('reliability', '');
CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON negotiations_source
  FOR EACH ROW EXECUTE FUNCTION row_is_logged('status', '');
CREATE TRIGGER logged AFTER UPDATE ON negotiations_negotiation
  FOR EACH ROW EXECUTE FUNCTION row_is_logged('revision,head', '');
CREATE TRIGGER logged AFTER INSERT OR UPDATE ON negotiations_user
  FOR EACH ROW EXECUTE FUNCTION row_is_logged('last_login', 'password,email,name');

-- A negotiation can't have its Change before it exists; so its birth is looked at when the transaction ends.
CREATE FUNCTION negotiation_has_a_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM change_of_this_transaction(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_a_change AFTER INSERT ON negotiations_negotiation DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION negotiation_has_a_change();
