-- A draft is for a cell of its own negotiation.
ALTER TABLE negotiations_draft ADD CONSTRAINT draft_position_id_same_negotiation
  FOREIGN KEY (negotiation_id, position_id) REFERENCES negotiations_position (negotiation_id, id);
