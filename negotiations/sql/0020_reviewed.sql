-- Where a second person must agree, a stance is recorded by accepting its proposal and in no other way. What is exempt is
-- no edit in the app: a negotiation that comes into being with its history, and a file that is loaded over one.
CREATE FUNCTION reviewed_stances_are_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added a
    JOIN negotiations_negotiation n ON n.id = a.negotiation_id AND n.review
    JOIN negotiations_change c ON c.negotiation_id = a.negotiation_id AND c.revision = a.revision
    WHERE c.verb <> 'loaded' AND NOT negotiation_is_being_born(a.negotiation_id)
      AND NOT EXISTS (
        SELECT FROM negotiations_proposal p JOIN negotiations_proposaldecision d ON d.proposal_id = p.id
        WHERE p.position_id = a.position_id AND p.based_on = a.seq - 1
          AND d.state = 'accepted' AND d.revision = a.revision)
  ) THEN
    RAISE EXCEPTION 'a second person accepts every stance of this negotiation' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER accepted_where_reviewed AFTER INSERT ON negotiations_stance REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION reviewed_stances_are_accepted();
