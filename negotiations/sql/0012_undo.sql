-- Which act an act undoes; and finding what an act brought, table by table, by its revision.

ALTER TABLE negotiations_change ADD CONSTRAINT change_undoes_a_change FOREIGN KEY (negotiation_id, undoes)
  REFERENCES negotiations_change (negotiation_id, revision);

-- An act is undone by one that has not been undone itself.
CREATE FUNCTION act_is_undone(of_negotiation bigint, of_revision bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM negotiations_change u
                 WHERE u.negotiation_id = of_negotiation AND u.undoes = of_revision
                   AND NOT act_is_undone(of_negotiation, u.revision));
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'outletgrading', 'sourcegrading', 'snapshot', 'quote', 'claimgrading', 'commitmentevent', 'anchoringdecision',
    'stay', 'contradictionside', 'contradictionproof', 'contradictioncell', 'contradictionruling', 'questionevent',
    'passagejudgement'
  ] LOOP
    EXECUTE format('CREATE INDEX %s_of_an_act ON negotiations_%s (negotiation_id, revision)', t, t);
  END LOOP;
END $$;
