-- A ledger as version 3 of its tables left it. Never edited: later versions must read it.
BEGIN TRANSACTION;
CREATE TABLE account (
  name            TEXT PRIMARY KEY,
  cursor          TEXT,
  first_scan_done TEXT
, synced TEXT, trouble TEXT, troubled_since TEXT) WITHOUT ROWID;
INSERT INTO "account" VALUES('home','17:4','2026-03-04T15:30:00-05:00','2026-03-04T15:35:00-05:00','The line broke.','2026-03-04T15:40:00-05:00');
CREATE TABLE alias (
  application TEXT PRIMARY KEY,
  stays       TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "alias" VALUES('app-2','app-1');
CREATE TABLE application_id (
  message_id  TEXT PRIMARY KEY,
  application TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "application_id" VALUES('<m1@firm.example>','app-1');
CREATE TABLE copy (
  account    TEXT NOT NULL,
  place      TEXT NOT NULL,
  key        TEXT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (account, place, key)
) WITHOUT ROWID;
INSERT INTO "copy" VALUES('home','inbox','17:2','<ad@board.example>');
INSERT INTO "copy" VALUES('home','inbox','17:3','<m1@firm.example>');
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
INSERT INTO "draft" VALUES(1,'check_in','dana@firm.example','["<a@x.example>"]','app-1','home','<own@home.example>','withdrawn','Still there?','Hello',X'46726F6D3A2073616D40686F6D652E6578616D706C650D0A0D0AFF00','1:7','{"account":"home","key":"17:5","version":"17:5"}','f1','It is due.','2026-03-04T15:30:00-05:00','2026-03-04T15:30:00-05:00','2026-03-04T15:30:00-05:00','It was composed anew.',1,0,'t1',NULL,0);
INSERT INTO "draft" VALUES(2,'check_in','dana@firm.example','["<a@x.example>","<b@x.example>"]','app-1','home','<own@home.example>','placed','Still there?','Hello',X'46726F6D3A2073616D40686F6D652E6578616D706C650D0A0D0AFF00','1:7','{"account":"home","key":"17:6","version":"17:6"}','f2','It is due.','2026-03-04T15:30:00-05:00','2026-03-04T15:30:00-05:00',NULL,'',1,0,'t1',1,0);
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('began_at','2026-03-04T15:30:00-05:00');
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
INSERT INTO "missed" VALUES(1,'check_in','dana@firm.example','["<c@x.example>"]','app-1','2026-03-04T15:30:00-05:00','The day has passed.','2026-03-04T15:30:00-05:00');
CREATE TABLE quarantine (
  account    TEXT NOT NULL,
  place      TEXT NOT NULL,
  key        TEXT NOT NULL,
  message_id TEXT,
  error      TEXT NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (account, place, key)
) WITHOUT ROWID;
INSERT INTO "quarantine" VALUES('home','inbox','17:1',NULL,'It cannot be read.','2026-03-04T15:30:00-05:00');
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
INSERT INTO "reading" VALUES('<m1@firm.example>','offer','2026-03-04T15:30:00-05:00',1772656200.0,1,1,1772656200.0,'{"message_id":"<m1@firm.example>","reader_version":1,"zone":"Europe/Berlin","direction":"in","account":"home","thread":null,"in_reply_to":null,"references":[],"date":"2026-03-04T15:30:00-05:00","arrived":"2026-03-04T15:30:00-05:00","sender":{"name":"Dana","email":"dana@firm.example"},"reply_to":[],"to":[],"cc":[],"subject":"Offer","writer":"person","authentication":"pass","language":"en","words":40,"tone":"formal","calls_reader":"Sam","signed":"Dana","statements":[{"kind":"offer","confidence":0.9,"company":null,"agency":null,"role":null,"requisition":null,"people":[],"interviews":[],"proposed":[],"chosen":[],"decision_by":null,"respond_by":null,"round":null,"facets":[],"links":[],"evidence":[]}],"calendar":false,"absent_until":null,"bounced":[]}');
INSERT INTO "reading" VALUES('<ad@board.example>','job_alert','2026-03-04T15:30:00-05:00',1772656200.0,1,1,1772656200.0,NULL);
CREATE TABLE word (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT NOT NULL,
  payload   TEXT NOT NULL,
  said_at   TEXT NOT NULL,
  undone_at TEXT
);
INSERT INTO "word" VALUES(1,'note','{"text":"A note","notes":[{"about":["<m1@firm.example>"],"topic":"harbour cranes","person":"Dana"}]}','2026-03-04T15:30:00-05:00',NULL);
INSERT INTO "word" VALUES(2,'split','{"text":"What belongs together","constraints":[{"together":false,"messages":["<m1@firm.example>","<m2@firm.example>"]}]}','2026-03-04T15:30:00-05:00',NULL);
INSERT INTO "word" VALUES(3,'mute','{"text":"Nothing more for Firm","muted":[{"about":["<m1@firm.example>"],"at":"2026-03-04T15:30:00-05:00"}]}','2026-03-04T15:31:00-05:00',NULL);
CREATE INDEX reading_by_date ON reading (dated);
CREATE INDEX copy_by_message ON copy (message_id);
CREATE INDEX missed_by_recipient ON missed (kind, recipient);
CREATE INDEX draft_by_recipient ON draft (kind, recipient);
CREATE INDEX draft_by_status ON draft (status);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('draft',2);
INSERT INTO "sqlite_sequence" VALUES('word',3);
COMMIT;
PRAGMA user_version = 3;
