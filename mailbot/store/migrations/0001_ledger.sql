-- Moments in REAL are seconds since 1970 in UTC, to order by; moments in TEXT are ISO 8601 with their offset.
-- JSON holds the dataclasses of the package, as store/codec.py writes them.

-- One row a mail that was read. `body` is its Reading as JSON, NULL for mail that has nothing to do with a job search.
-- `rank` (lower wins) says which of several copies was read: sent, received, nobody's; then the earlier arrival.
CREATE TABLE reading (
  message_id     TEXT PRIMARY KEY,
  kind           TEXT NOT NULL,
  date           TEXT NOT NULL,
  dated          REAL NOT NULL,
  reader_version INTEGER NOT NULL,
  rank           INTEGER NOT NULL,
  arrived        REAL NOT NULL,
  body           TEXT
);
CREATE INDEX reading_by_date ON reading (dated);

-- Where copies of a mail were seen.
CREATE TABLE copy (
  account    TEXT NOT NULL,
  place      TEXT NOT NULL,
  key        TEXT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (account, place, key)
) WITHOUT ROWID;
CREATE INDEX copy_by_message ON copy (message_id);

-- Mail that could not be read.
CREATE TABLE quarantine (
  account    TEXT NOT NULL,
  place      TEXT NOT NULL,
  key        TEXT NOT NULL,
  message_id TEXT,
  error      TEXT NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (account, place, key)
) WITHOUT ROWID;

-- How far each account was read.
CREATE TABLE account (
  name            TEXT PRIMARY KEY,
  cursor          TEXT,
  first_scan_done TEXT
) WITHOUT ROWID;

-- The opaque id of the application to which each mail was given, and what became of ids that were joined.
CREATE TABLE application_id (
  message_id  TEXT PRIMARY KEY,
  application TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE alias (
  application TEXT PRIMARY KEY,
  stays       TEXT NOT NULL
) WITHOUT ROWID;

-- What the person said: merges and splits, corrections, notes, mutes, pauses.
CREATE TABLE word (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT NOT NULL,
  payload   TEXT NOT NULL,
  said_at   TEXT NOT NULL,
  undone_at TEXT
);

-- Follow-ups whose time went by. `occasion` is a JSON array of Message-IDs.
CREATE TABLE missed (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  recipient   TEXT NOT NULL,
  occasion    TEXT NOT NULL,
  application TEXT NOT NULL,
  due         TEXT NOT NULL,
  reason      TEXT NOT NULL,
  at          TEXT NOT NULL
);
CREATE INDEX missed_by_recipient ON missed (kind, recipient);

-- A draft's life (drafting/drafts.py, DraftRecord). `occasion` as above; `ref` is a DraftRef as JSON.
CREATE TABLE draft (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  kind         TEXT NOT NULL,
  recipient    TEXT NOT NULL,
  occasion     TEXT NOT NULL,
  application  TEXT NOT NULL,
  account      TEXT NOT NULL,
  message_id   TEXT NOT NULL,
  status       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  body         TEXT NOT NULL,
  raw          BLOB NOT NULL,
  snapshot     TEXT NOT NULL,
  ref          TEXT,
  fingerprint  TEXT NOT NULL,
  reason       TEXT NOT NULL,
  intended_at  TEXT NOT NULL,
  placed_at    TEXT,
  ended_at     TEXT,
  end_reason   TEXT NOT NULL,
  attempts     INTEGER NOT NULL,
  withdrawing  INTEGER NOT NULL,
  thread       TEXT,
  replaces     INTEGER REFERENCES draft (id),
  trashed      INTEGER NOT NULL
);
CREATE INDEX draft_by_recipient ON draft (kind, recipient);
CREATE INDEX draft_by_status ON draft (status);

-- Facts about this ledger.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
