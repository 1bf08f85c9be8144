-- Texts and quotes never change, but what must go by law the owner blanks in place. Search forgets it with that.
CREATE FUNCTION search_forgets() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  noun CONSTANT text := TG_ARGV[0];
  columns CONSTANT text := 'negotiation_id, kind, "row", source, paragraph, start, language, day, words';
  gone bigint[];
BEGIN
  SELECT array_agg(changed.id) INTO gone FROM changed JOIN was USING (id)
  WHERE to_jsonb(changed) - 'sketch' IS DISTINCT FROM to_jsonb(was) - 'sketch';  -- nothing is found by a sketch
  DELETE FROM negotiations_searchentry e WHERE e.kind = noun AND e."row" = ANY(gone);
  EXECUTE format('INSERT INTO negotiations_searchentry (%s) SELECT %s FROM negotiations_searchable_%s WHERE "row" = ANY($1)',
                 columns, columns, noun) USING gone;
  RETURN NULL;
END $$;
CREATE TRIGGER searchable_again AFTER UPDATE ON negotiations_snapshot
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_forgets('passage');
CREATE TRIGGER searchable_again AFTER UPDATE ON negotiations_quote
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_forgets('quote');

-- A trigger needs no leave to run it; nobody else may hang it on a table of his own.
REVOKE EXECUTE ON FUNCTION search_forgets() FROM PUBLIC;
