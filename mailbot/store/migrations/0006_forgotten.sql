-- What the person wants forgotten: digests of Message-IDs, by which such mail is known and never kept again.
CREATE TABLE forgotten (
  digest TEXT PRIMARY KEY
) WITHOUT ROWID;
