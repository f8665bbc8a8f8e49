/**
 * The format of the ledger, step by step: a step is never edited once it was released, only followed by another.
 * `PRAGMA user_version` counts the steps that were taken.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,              -- the order in which they were applied
    id TEXT NOT NULL UNIQUE,
    connection TEXT NOT NULL,
    outcome TEXT NOT NULL,
    business_date TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    totals TEXT NOT NULL                  -- JSON
  ) STRICT;
  CREATE INDEX runs_of_connection ON runs (connection, seq);

  CREATE TABLE layouts (
    layout INTEGER PRIMARY KEY,
    targets TEXT NOT NULL UNIQUE          -- JSON: the fields, in file order
  ) STRICT;

  CREATE TABLE files (
    file INTEGER PRIMARY KEY,
    connection TEXT NOT NULL,
    name TEXT NOT NULL,
    layout INTEGER NOT NULL REFERENCES layouts,
    bytes INTEGER NOT NULL,
    UNIQUE (connection, name)
  ) STRICT;

  CREATE TABLE records (
    record INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files,
    id TEXT NOT NULL,
    mapped TEXT NOT NULL,
    active INTEGER NOT NULL,
    deactivated INTEGER NOT NULL,
    school TEXT NOT NULL,
    grade TEXT NOT NULL,
    created INTEGER REFERENCES runs,      -- the run that created it; null where a touch says how it came about
    layout INTEGER NOT NULL REFERENCES layouts,
    content TEXT NOT NULL                 -- JSON: the values, in the order of the layout
  ) STRICT;
  CREATE UNIQUE INDEX records_by_id ON records (file, id);
  CREATE INDEX records_of_file ON records (file);
  CREATE INDEX records_deactivated ON records (file) WHERE deactivated = 1;

  CREATE TABLE touches (
    touch INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES runs,
    file INTEGER NOT NULL REFERENCES files,
    id TEXT NOT NULL,
    change TEXT NOT NULL,
    note TEXT NOT NULL,
    fields TEXT                           -- JSON: [field, before, after], of each; null: found by going back in time
  ) STRICT;
  CREATE INDEX touches_of_id ON touches (id, file);

  CREATE TABLE links (
    file INTEGER NOT NULL REFERENCES files,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    PRIMARY KEY (file, from_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX links_to ON links (file, to_id);

  CREATE TABLE decisions (
    connection TEXT NOT NULL,
    file TEXT NOT NULL,
    id TEXT NOT NULL,
    field TEXT NOT NULL,                  -- blank: about the record as a whole
    sealed INTEGER NOT NULL,              -- 0: said since, and in no sealed run; it goes before the sealed one
    choice TEXT NOT NULL,
    value TEXT NOT NULL,
    about TEXT NOT NULL,
    shown TEXT NOT NULL,                  -- JSON: ids
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (connection, file, id, field, sealed)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE temporary_ids (
    connection TEXT NOT NULL,
    prefix TEXT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    sealed INTEGER NOT NULL,
    PRIMARY KEY (connection, prefix, key),
    UNIQUE (connection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX temporary_ids_by_number ON temporary_ids (connection, prefix, number);

  CREATE VIEW all_touches AS
    SELECT touch, seq, file, id, change, note, fields FROM touches
    UNION ALL
    SELECT 0, created, file, id, 'created', '', NULL FROM records WHERE created IS NOT NULL;
  `,
];
