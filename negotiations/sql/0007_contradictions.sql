-- A contradiction has two sides at least, and each of them rests on something. Looked at when the transaction ends,
-- since they come one after the other.

CREATE FUNCTION contradiction_has_two_sides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM negotiations_contradictionside WHERE contradiction_id = NEW.id) < 2 THEN
    RAISE EXCEPTION 'contradiction % has fewer than two sides', NEW.slug USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_two_sides AFTER INSERT ON negotiations_contradiction DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION contradiction_has_two_sides();

CREATE FUNCTION contradiction_side_rests_on_something() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM negotiations_contradictionproof WHERE side_id = NEW.id) THEN
    RAISE EXCEPTION 'side % of contradiction % rests on nothing', NEW.number, NEW.contradiction_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rests_on_something AFTER INSERT ON negotiations_contradictionside
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contradiction_side_rests_on_something();
