-- Originals, decisions, contradictions, questions and judgements of passages: the same guards as for what was there.

ALTER TABLE negotiations_anchoring ADD CONSTRAINT anchoring_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_contradiction ADD CONSTRAINT contradiction_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_contradictionside ADD CONSTRAINT contradictionside_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_question ADD CONSTRAINT question_of_negotiation UNIQUE (negotiation_id, id);

DO $$
DECLARE
  t text;
  pointer text[];
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'original', 'anchoringdecision', 'stay', 'contradictionside', 'contradictionproof', 'contradictioncell',
    'contradictionruling', 'questionevent', 'passagejudgement'
  ] LOOP
    EXECUTE format('CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION history_only_grows()', t);
    EXECUTE format('CREATE TRIGGER only_grows_whole BEFORE TRUNCATE ON negotiations_%s
                    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows()', t);
    EXECUTE format('CREATE TRIGGER own_change AFTER INSERT ON negotiations_%s REFERENCING NEW TABLE AS added
                    FOR EACH STATEMENT EXECUTE FUNCTION change_is_of_this_transaction()', t);
    EXECUTE format('ALTER TABLE negotiations_%s ADD CONSTRAINT %s_has_a_change
                    FOREIGN KEY (negotiation_id, revision) REFERENCES negotiations_change (negotiation_id, revision)',
                   t, t);
  END LOOP;

  FOREACH t IN ARRAY ARRAY['contradiction', 'question'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION row_is_never_deleted()', t);
    EXECUTE format('CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION key_is_fixed(''negotiation_id'', ''slug'')', t);
    EXECUTE format('CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON negotiations_%s
                    FOR EACH ROW EXECUTE FUNCTION row_is_logged(''state'', '''')', t);
  END LOOP;

  -- table, column, table that it points to
  FOREACH pointer SLICE 1 IN ARRAY ARRAY[
    ['original', 'snapshot_id', 'snapshot'],
    ['intake', 'source_id', 'source'],
    ['anchoringdecision', 'anchoring_id', 'anchoring'],
    ['stay', 'position_id', 'position'],
    ['contradictionside', 'contradiction_id', 'contradiction'],
    ['contradictionproof', 'side_id', 'contradictionside'],
    ['contradictionproof', 'quote_id', 'quote'],
    ['contradictionproof', 'source_id', 'source'],
    ['contradictioncell', 'contradiction_id', 'contradiction'],
    ['contradictioncell', 'position_id', 'position'],
    ['contradictionruling', 'contradiction_id', 'contradiction'],
    ['question', 'position_id', 'position'],
    ['questionevent', 'question_id', 'question'],
    ['questionevent', 'quote_id', 'quote'],
    ['questionevent', 'source_id', 'source'],
    ['passagejudgement', 'position_id', 'position'],
    ['passagejudgement', 'snapshot_id', 'snapshot'],
    ['source', 'merged_into_id', 'source'],
    ['outlet', 'merged_into_id', 'outlet']
  ] LOOP
    EXECUTE format('ALTER TABLE negotiations_%s ADD CONSTRAINT %s_%s_same_negotiation
                    FOREIGN KEY (negotiation_id, %I) REFERENCES negotiations_%s (negotiation_id, id)',
                   pointer[1], pointer[1], pointer[2], pointer[2], pointer[3]);
  END LOOP;
END $$;

ALTER TABLE negotiations_original ADD CONSTRAINT original_is_what_it_says CHECK (
  size = octet_length(content) AND sha256 = encode(sha256(content), 'hex'));

-- What was merged leads to what is kept, in one step: a row that was merged takes in no other, and the other way round.
CREATE FUNCTION merging_leads_to_what_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  chained boolean;
BEGIN
  IF NEW.merged_into_id IS NOT NULL THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM %1$I WHERE id = $1 AND merged_into_id IS NOT NULL)
                    OR EXISTS (SELECT FROM %1$I WHERE merged_into_id = $2)', TG_TABLE_NAME)
      INTO chained USING NEW.merged_into_id, NEW.id;
    IF chained THEN
      RAISE EXCEPTION '% % would be merged in a chain', TG_TABLE_NAME, NEW.slug USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER leads_to_what_is_kept BEFORE INSERT OR UPDATE OF merged_into_id ON negotiations_source
  FOR EACH ROW EXECUTE FUNCTION merging_leads_to_what_is_kept();
CREATE TRIGGER leads_to_what_is_kept BEFORE INSERT OR UPDATE OF merged_into_id ON negotiations_outlet
  FOR EACH ROW EXECUTE FUNCTION merging_leads_to_what_is_kept();
