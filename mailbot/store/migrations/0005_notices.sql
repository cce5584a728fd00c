-- What the person was told of, so that nothing is told twice; a key tells nothing (telling/notices.py).
CREATE TABLE notice (
  key TEXT PRIMARY KEY,
  at  TEXT NOT NULL
) WITHOUT ROWID;
