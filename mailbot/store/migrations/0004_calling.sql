-- What calls back a mail that was set aside by its headers alone (`reading.rank` 3): see tracking/calling.py.
CREATE TABLE calling (
  key        TEXT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (key, message_id)
) WITHOUT ROWID;
