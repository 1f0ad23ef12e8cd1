-- SPDX-License-Identifier: EUPL-1.2
-- Keys are rowids (time-ordered) wherever rows grow without end; the only random keys that grow with the log are the
-- citizen's, which the log must be found by. Replay detection (repeat_key) stands apart and stays small.

-- The source's own status lists of seals; number 1, 2, 3 …; version grows with each change of a status.
CREATE TABLE seal_list (
  number INTEGER PRIMARY KEY,
  size INTEGER NOT NULL CHECK (size > 0 AND size % 4 = 0),
  used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0 AND used * 2 <= size),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The log: append only. entry and salt can be erased after their term; the leaf stays.
CREATE TABLE log_record (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  citizen BLOB NOT NULL CHECK (length(citizen) = 32),
  number INTEGER NOT NULL CHECK (number > 0),
  entry BLOB,
  salt BLOB CHECK (length(salt) = 32),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  started_ns INTEGER NOT NULL,
  uncertain INTEGER NOT NULL CHECK (uncertain IN (0, 1)),
  repeat_of TEXT NOT NULL DEFAULT '',
  UNIQUE (citizen, number)
) STRICT;

-- Nobody, this program included, rewrites what was handed out.
CREATE TRIGGER log_record_kept BEFORE DELETE ON log_record
BEGIN SELECT RAISE(ABORT, 'the log is append only'); END;
CREATE TRIGGER log_record_fixed BEFORE UPDATE OF seq, id, citizen, number, leaf, previous, started_ns, repeat_of
ON log_record
BEGIN SELECT RAISE(ABORT, 'the log is append only'); END;
CREATE TRIGGER log_record_erased BEFORE UPDATE OF entry, salt ON log_record
WHEN NEW.entry IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an entry can only be erased'); END;

-- The values (as keyed hashes) that a citizen's seals in force stand for; one row for all seals with the same marks.
CREATE TABLE seal_mark (
  id INTEGER PRIMARY KEY,
  citizen BLOB NOT NULL CHECK (length(citizen) = 32),
  data_set TEXT NOT NULL,
  marks TEXT NOT NULL
) STRICT;
CREATE INDEX seal_mark_citizen ON seal_mark (citizen, data_set);

-- One row per index ever given out; an index is random, so its row is found by (list, idx) within one list only.
CREATE TABLE seal (
  list INTEGER NOT NULL REFERENCES seal_list (number),
  idx INTEGER NOT NULL CHECK (idx >= 0),
  record INTEGER REFERENCES log_record (seq),
  mark INTEGER,
  status INTEGER NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 3)),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (list, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX seal_record ON seal (record) WHERE record IS NOT NULL;
CREATE INDEX seal_in_force ON seal (mark) WHERE mark IS NOT NULL;
CREATE INDEX seal_changed ON seal (list, idx, status) WHERE status <> 0;

-- Idempotency keys of the last minutes: SHA-256 over door, citizen and key.
CREATE TABLE repeat_key (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  delivery TEXT NOT NULL,
  until_ns INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX repeat_key_until ON repeat_key (until_ns);

-- Sessions and login attempts: id hashed, content encrypted under a key that needs the id itself.
CREATE TABLE session (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  kind TEXT NOT NULL CHECK (kind IN ('session', 'attempt')),
  content BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires_at);
