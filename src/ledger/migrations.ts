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
  // What the service remembers for itself: see service-memory.ts.
  `
  CREATE TABLE schedules (
    connection TEXT PRIMARY KEY,
    looked_until INTEGER,                 -- milliseconds since 1970
    off_since TEXT                        -- the run after which it was switched off
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE told (
    connection TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (connection, kind, subject)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,           -- the order in which they were posted
    id TEXT NOT NULL UNIQUE,
    posted INTEGER NOT NULL,              -- milliseconds since 1970, as is next_try
    next_try INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    message TEXT NOT NULL                 -- JSON
  ) STRICT;
  `,
  // Who was sent what, and what is left of a run whose files are destroyed: see read-disclosures.ts and strike-runs.ts.
  `
  ALTER TABLE runs ADD COLUMN outputs TEXT;        -- JSON; null where nothing went out
  ALTER TABLE runs ADD COLUMN recipient TEXT;      -- JSON; null where nobody wrote that down
  ALTER TABLE runs ADD COLUMN destroyed_by TEXT;   -- the purge; null where its files are there
  CREATE INDEX runs_by_date ON runs (business_date, connection);

  CREATE TABLE deliveries (
    file INTEGER NOT NULL REFERENCES files,
    seq INTEGER NOT NULL REFERENCES runs,
    layout INTEGER NOT NULL REFERENCES layouts,
    how TEXT NOT NULL,
    PRIMARY KEY (file, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE presences (
    file INTEGER NOT NULL REFERENCES files,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES runs,
    presence TEXT NOT NULL,                -- what no touch tells: see deliveries.ts
    PRIMARY KEY (file, id, seq, presence)
  ) STRICT, WITHOUT ROWID;
  `,
  // What importing systems answered: see answer-memory.ts.
  `
  CREATE TABLE acknowledgements (
    seq INTEGER PRIMARY KEY REFERENCES runs, -- its own link of the chain
    connection TEXT NOT NULL,
    answered TEXT NOT NULL,                -- the id of the run
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    accepted INTEGER NOT NULL,             -- students
    refused INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX acknowledgements_of_connection ON acknowledgements (connection, seq);

  CREATE TABLE answers (
    connection TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES acknowledgements,
    verdict TEXT NOT NULL,
    status TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (connection, id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX answers_refused ON answers (connection, id) WHERE verdict = 'refused';
  `,
  // Which copy of a file's index is to be believed: see snapshot/.
  `
  CREATE TABLE snapshots (
    file INTEGER PRIMARY KEY REFERENCES files,
    sha256 TEXT NOT NULL                  -- of the whole copy
  ) STRICT;

  CREATE TABLE changed_records (          -- since the copy was made; records that were added since are not noted
    file INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (file, record)
  ) STRICT, WITHOUT ROWID;

  -- Whoever changes records without noting which, makes the copy one that nobody believes: see note-changes.ts.
  CREATE TRIGGER records_updated AFTER UPDATE ON records
    WHEN EXISTS (SELECT 1 FROM snapshots WHERE file IN (OLD.file, NEW.file))
    BEGIN DELETE FROM snapshots WHERE file IN (OLD.file, NEW.file); END;
  CREATE TRIGGER records_deleted AFTER DELETE ON records
    WHEN EXISTS (SELECT 1 FROM snapshots WHERE file = OLD.file)
    BEGIN DELETE FROM snapshots WHERE file = OLD.file; END;
  `,
];
