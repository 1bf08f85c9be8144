-- Comments: the guards of all history, and that an answer stands in a thread of its own cell.

ALTER TABLE negotiations_comment ADD CONSTRAINT comment_of_negotiation UNIQUE (negotiation_id, id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['comment', 'commentmention', 'commentresolution'] LOOP
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

ALTER TABLE negotiations_comment ADD CONSTRAINT comment_position_id_same_negotiation
  FOREIGN KEY (negotiation_id, position_id) REFERENCES negotiations_position (negotiation_id, id);
ALTER TABLE negotiations_comment ADD CONSTRAINT comment_thread_id_same_negotiation
  FOREIGN KEY (negotiation_id, thread_id) REFERENCES negotiations_comment (negotiation_id, id);
ALTER TABLE negotiations_commentmention ADD CONSTRAINT commentmention_comment_id_same_negotiation
  FOREIGN KEY (negotiation_id, comment_id) REFERENCES negotiations_comment (negotiation_id, id);
ALTER TABLE negotiations_commentresolution ADD CONSTRAINT commentresolution_comment_id_same_negotiation
  FOREIGN KEY (negotiation_id, comment_id) REFERENCES negotiations_comment (negotiation_id, id);

CREATE FUNCTION comment_stands_in_its_thread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN negotiations_comment first ON first.id = a.thread_id
             WHERE first.negotiation_id = a.negotiation_id
               AND (first.position_id <> a.position_id OR first.thread_id IS NOT NULL)) THEN
    RAISE EXCEPTION 'a comment answers the first of a thread on its own cell' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stands_in_its_thread AFTER INSERT ON negotiations_comment REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION comment_stands_in_its_thread();

CREATE FUNCTION resolution_is_of_a_thread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN negotiations_comment c ON c.id = a.comment_id WHERE c.thread_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a thread is resolved as a whole' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER resolves_a_thread AFTER INSERT ON negotiations_commentresolution REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION resolution_is_of_a_thread();
