-- Whether an act was undone at a past revision: only what had been done by then is looked at.
CREATE FUNCTION act_was_undone(of_negotiation bigint, of_revision bigint, at_revision bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM negotiations_change u
                 WHERE u.negotiation_id = of_negotiation AND u.undoes = of_revision AND u.revision <= at_revision
                   AND NOT act_was_undone(of_negotiation, u.revision, at_revision));
END $$;
