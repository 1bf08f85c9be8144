-- What is watched or given to somebody belongs to the negotiation that it is of.
DO $$
DECLARE
  pointer text[];
BEGIN
  -- table, column, table that it points to
  FOREACH pointer SLICE 1 IN ARRAY ARRAY[
    ['watch', 'party_id', 'party'],
    ['watch', 'priority_id', 'priority'],
    ['assignment', 'position_id', 'position'],
    ['assignment', 'question_id', 'question']
  ] LOOP
    EXECUTE format('ALTER TABLE negotiations_%s ADD CONSTRAINT %s_%s_same_negotiation
                    FOREIGN KEY (negotiation_id, %I) REFERENCES negotiations_%s (negotiation_id, id)',
                   pointer[1], pointer[1], pointer[2], pointer[2], pointer[3]);
  END LOOP;
END $$;
