-- A word is now all that one command said: store/ledger.py, Said. No command wrote the other kinds before.
UPDATE word SET payload = json_object('text', 'A note', 'notes', json_array(json(payload))) WHERE kind = 'note';
UPDATE word
  SET kind = iif(json_extract(payload, '$.together'), 'merge', 'split'),
      payload = json_object('text', 'What belongs together', 'constraints', json_array(json(payload)))
  WHERE kind = 'constraint';
DELETE FROM word WHERE kind NOT IN ('note', 'merge', 'split');
