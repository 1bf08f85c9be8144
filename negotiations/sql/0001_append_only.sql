-- History grows and never changes: no update, no delete, no truncate, whoever asks.
-- The app's role has no right to either; these triggers hold for every other role as well.

CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION row_is_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % is never deleted, so that nothing is named twice', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- Its arguments are the columns that never change.
CREATE FUNCTION key_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  col text;
BEGIN
  FOREACH col IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> col IS DISTINCT FROM to_jsonb(NEW) -> col THEN
      RAISE EXCEPTION '%.% is never changed', TG_TABLE_NAME, col USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'change', 'rowedit', 'outletgrading', 'sourcegrading', 'snapshot', 'quote', 'claimgrading', 'anchoring',
    'stance', 'dependence', 'evidence', 'commitmentevent'
  ] LOOP
    EXECUTE format('CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION history_only_grows()', t);
    EXECUTE format('CREATE TRIGGER only_grows_whole BEFORE TRUNCATE ON negotiations_%s
                    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows()', t);
  END LOOP;

  FOREACH t IN ARRAY ARRAY[
    'user', 'negotiation', 'priority', 'party', 'person', 'meeting', 'instrument', 'outlet', 'source', 'position',
    'commitment'
  ] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION row_is_never_deleted()', t);
  END LOOP;

  FOREACH t IN ARRAY ARRAY['party', 'person', 'meeting', 'instrument', 'outlet', 'source', 'commitment'] LOOP
    EXECUTE format('CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION key_is_fixed(''negotiation_id'', ''slug'')', t);
  END LOOP;
END $$;

CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_negotiation
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('slug');
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_priority
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('negotiation_id', 'number');
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_position
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('negotiation_id', 'party_id', 'priority_id');
