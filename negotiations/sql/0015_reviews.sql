-- Proposals and what was decided of them: the guards of all history, and whose decision it may be.

ALTER TABLE negotiations_proposal ADD CONSTRAINT proposal_of_negotiation UNIQUE (negotiation_id, id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['proposal', 'proposaldecision'] LOOP
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
END $$;

ALTER TABLE negotiations_proposal ADD CONSTRAINT proposal_position_id_same_negotiation
  FOREIGN KEY (negotiation_id, position_id) REFERENCES negotiations_position (negotiation_id, id);
ALTER TABLE negotiations_proposaldecision ADD CONSTRAINT proposaldecision_proposal_id_same_negotiation
  FOREIGN KEY (negotiation_id, proposal_id) REFERENCES negotiations_proposal (negotiation_id, id);

-- Nobody decides on what they propose; only they take it back. What is decided is not decided again.
CREATE FUNCTION proposal_is_decided_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT added.state, author.by_id IS NOT DISTINCT FROM decider.by_id AS own,
           added.state IN ('withdrawn', 'superseded') AS by_author,
           EXISTS (SELECT FROM negotiations_proposaldecision d
                   WHERE d.proposal_id = added.proposal_id AND d.id < added.id
                     AND (d.state <> 'sent_back' OR added.state NOT IN ('withdrawn', 'superseded'))) AS again
    FROM added
    JOIN negotiations_change decider
      ON decider.negotiation_id = added.negotiation_id AND decider.revision = added.revision
    JOIN negotiations_proposal p ON p.id = added.proposal_id
    JOIN negotiations_change author ON author.negotiation_id = p.negotiation_id AND author.revision = p.revision
  LOOP
    IF made.by_author AND NOT made.own THEN
      RAISE EXCEPTION 'a proposal is % by its author alone', made.state USING ERRCODE = 'check_violation';
    ELSIF made.own AND NOT made.by_author THEN
      RAISE EXCEPTION 'nobody decides on their own proposal' USING ERRCODE = 'check_violation';
    ELSIF made.again THEN
      RAISE EXCEPTION 'this proposal is decided already' USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER who_decided AFTER INSERT ON negotiations_proposaldecision REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION proposal_is_decided_by_another();

-- What is accepted is recorded in the same act, as the stance after the one that its author saw.
CREATE FUNCTION accepted_proposal_is_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'accepted' AND NOT EXISTS (
      SELECT FROM negotiations_proposal p
      JOIN negotiations_stance s ON s.position_id = p.position_id AND s.seq = p.based_on + 1
      WHERE p.id = NEW.proposal_id AND s.revision = NEW.revision) THEN
    RAISE EXCEPTION 'an accepted proposal is recorded as a stance in the same act' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accepted_is_recorded AFTER INSERT ON negotiations_proposaldecision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accepted_proposal_is_recorded();
