-- What belongs to a negotiation never points into another one: keys between its rows carry the negotiation.

ALTER TABLE negotiations_commitment ADD CONSTRAINT commitment_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_instrument ADD CONSTRAINT instrument_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_meeting ADD CONSTRAINT meeting_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_outlet ADD CONSTRAINT outlet_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_party ADD CONSTRAINT party_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_person ADD CONSTRAINT person_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_position ADD CONSTRAINT position_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_priority ADD CONSTRAINT priority_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_quote ADD CONSTRAINT quote_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_snapshot ADD CONSTRAINT snapshot_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_source ADD CONSTRAINT source_of_negotiation UNIQUE (negotiation_id, id);
ALTER TABLE negotiations_stance ADD CONSTRAINT stance_of_negotiation UNIQUE (negotiation_id, id);

ALTER TABLE negotiations_commitment ADD CONSTRAINT commitment_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_commitment ADD CONSTRAINT commitment_priority_id_same_negotiation
  FOREIGN KEY (negotiation_id, priority_id) REFERENCES negotiations_priority (negotiation_id, id);
ALTER TABLE negotiations_commitment ADD CONSTRAINT commitment_instrument_id_same_negotiation
  FOREIGN KEY (negotiation_id, instrument_id) REFERENCES negotiations_instrument (negotiation_id, id);
ALTER TABLE negotiations_commitment ADD CONSTRAINT commitment_meeting_id_same_negotiation
  FOREIGN KEY (negotiation_id, meeting_id) REFERENCES negotiations_meeting (negotiation_id, id);
ALTER TABLE negotiations_beneficiary ADD CONSTRAINT beneficiary_commitment_id_same_negotiation
  FOREIGN KEY (negotiation_id, commitment_id) REFERENCES negotiations_commitment (negotiation_id, id);
ALTER TABLE negotiations_beneficiary ADD CONSTRAINT beneficiary_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_commitmentevent ADD CONSTRAINT commitmentevent_commitment_id_same_negotiation
  FOREIGN KEY (negotiation_id, commitment_id) REFERENCES negotiations_commitment (negotiation_id, id);
ALTER TABLE negotiations_commitmentevent ADD CONSTRAINT commitmentevent_quote_id_same_negotiation
  FOREIGN KEY (negotiation_id, quote_id) REFERENCES negotiations_quote (negotiation_id, id);
ALTER TABLE negotiations_commitmentevent ADD CONSTRAINT commitmentevent_source_id_same_negotiation
  FOREIGN KEY (negotiation_id, source_id) REFERENCES negotiations_source (negotiation_id, id);
ALTER TABLE negotiations_evidence ADD CONSTRAINT evidence_stance_id_same_negotiation
  FOREIGN KEY (negotiation_id, stance_id) REFERENCES negotiations_stance (negotiation_id, id);
ALTER TABLE negotiations_evidence ADD CONSTRAINT evidence_quote_id_same_negotiation
  FOREIGN KEY (negotiation_id, quote_id) REFERENCES negotiations_quote (negotiation_id, id);
ALTER TABLE negotiations_evidence ADD CONSTRAINT evidence_source_id_same_negotiation
  FOREIGN KEY (negotiation_id, source_id) REFERENCES negotiations_source (negotiation_id, id);
ALTER TABLE negotiations_instrument ADD CONSTRAINT instrument_replaces_id_same_negotiation
  FOREIGN KEY (negotiation_id, replaces_id) REFERENCES negotiations_instrument (negotiation_id, id);
ALTER TABLE negotiations_instrument ADD CONSTRAINT instrument_meeting_id_same_negotiation
  FOREIGN KEY (negotiation_id, meeting_id) REFERENCES negotiations_meeting (negotiation_id, id);
ALTER TABLE negotiations_signature ADD CONSTRAINT signature_instrument_id_same_negotiation
  FOREIGN KEY (negotiation_id, instrument_id) REFERENCES negotiations_instrument (negotiation_id, id);
ALTER TABLE negotiations_signature ADD CONSTRAINT signature_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_signature ADD CONSTRAINT signature_quote_id_same_negotiation
  FOREIGN KEY (negotiation_id, quote_id) REFERENCES negotiations_quote (negotiation_id, id);
ALTER TABLE negotiations_signature ADD CONSTRAINT signature_source_id_same_negotiation
  FOREIGN KEY (negotiation_id, source_id) REFERENCES negotiations_source (negotiation_id, id);
ALTER TABLE negotiations_attendance ADD CONSTRAINT attendance_meeting_id_same_negotiation
  FOREIGN KEY (negotiation_id, meeting_id) REFERENCES negotiations_meeting (negotiation_id, id);
ALTER TABLE negotiations_attendance ADD CONSTRAINT attendance_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_attendance ADD CONSTRAINT attendance_person_id_same_negotiation
  FOREIGN KEY (negotiation_id, person_id) REFERENCES negotiations_person (negotiation_id, id);
ALTER TABLE negotiations_outletgrading ADD CONSTRAINT outletgrading_outlet_id_same_negotiation
  FOREIGN KEY (negotiation_id, outlet_id) REFERENCES negotiations_outlet (negotiation_id, id);
ALTER TABLE negotiations_collectivemember ADD CONSTRAINT collectivemember_collective_id_same_negotiation
  FOREIGN KEY (negotiation_id, collective_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_collectivemember ADD CONSTRAINT collectivemember_member_id_same_negotiation
  FOREIGN KEY (negotiation_id, member_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_person ADD CONSTRAINT person_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_stance ADD CONSTRAINT stance_position_id_same_negotiation
  FOREIGN KEY (negotiation_id, position_id) REFERENCES negotiations_position (negotiation_id, id);
ALTER TABLE negotiations_dependence ADD CONSTRAINT dependence_stance_id_same_negotiation
  FOREIGN KEY (negotiation_id, stance_id) REFERENCES negotiations_stance (negotiation_id, id);
ALTER TABLE negotiations_dependence ADD CONSTRAINT dependence_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_position ADD CONSTRAINT position_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_position ADD CONSTRAINT position_priority_id_same_negotiation
  FOREIGN KEY (negotiation_id, priority_id) REFERENCES negotiations_priority (negotiation_id, id);
ALTER TABLE negotiations_quote ADD CONSTRAINT quote_snapshot_id_same_negotiation
  FOREIGN KEY (negotiation_id, snapshot_id) REFERENCES negotiations_snapshot (negotiation_id, id);
ALTER TABLE negotiations_quote ADD CONSTRAINT quote_speaker_id_same_negotiation
  FOREIGN KEY (negotiation_id, speaker_id) REFERENCES negotiations_person (negotiation_id, id);
ALTER TABLE negotiations_quote ADD CONSTRAINT quote_party_id_same_negotiation
  FOREIGN KEY (negotiation_id, party_id) REFERENCES negotiations_party (negotiation_id, id);
ALTER TABLE negotiations_claimgrading ADD CONSTRAINT claimgrading_quote_id_same_negotiation
  FOREIGN KEY (negotiation_id, quote_id) REFERENCES negotiations_quote (negotiation_id, id);
ALTER TABLE negotiations_anchoring ADD CONSTRAINT anchoring_quote_id_same_negotiation
  FOREIGN KEY (negotiation_id, quote_id) REFERENCES negotiations_quote (negotiation_id, id);
ALTER TABLE negotiations_anchoring ADD CONSTRAINT anchoring_snapshot_id_same_negotiation
  FOREIGN KEY (negotiation_id, snapshot_id) REFERENCES negotiations_snapshot (negotiation_id, id);
ALTER TABLE negotiations_source ADD CONSTRAINT source_outlet_id_same_negotiation
  FOREIGN KEY (negotiation_id, outlet_id) REFERENCES negotiations_outlet (negotiation_id, id);
ALTER TABLE negotiations_source ADD CONSTRAINT source_origin_id_same_negotiation
  FOREIGN KEY (negotiation_id, origin_id) REFERENCES negotiations_source (negotiation_id, id);
ALTER TABLE negotiations_sourcegrading ADD CONSTRAINT sourcegrading_source_id_same_negotiation
  FOREIGN KEY (negotiation_id, source_id) REFERENCES negotiations_source (negotiation_id, id);
ALTER TABLE negotiations_snapshot ADD CONSTRAINT snapshot_source_id_same_negotiation
  FOREIGN KEY (negotiation_id, source_id) REFERENCES negotiations_source (negotiation_id, id);
