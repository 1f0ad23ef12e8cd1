-- SPDX-License-Identifier: EUPL-1.2
-- The register's own database: nothing of citizens, no secrets. Rows that were published are never deleted.

-- What happened, in order: append only. Its number is the volgnr of the status list of participants.
CREATE TABLE change_record (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  account TEXT NOT NULL,
  act TEXT NOT NULL,
  oin TEXT NOT NULL,
  content TEXT NOT NULL,
  signature TEXT NOT NULL DEFAULT '',
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
CREATE INDEX change_oin ON change_record (oin, number);
CREATE TRIGGER change_kept BEFORE DELETE ON change_record
BEGIN SELECT RAISE(ABORT, 'the change log is append only'); END;
CREATE TRIGGER change_fixed BEFORE UPDATE ON change_record
BEGIN SELECT RAISE(ABORT, 'the change log is append only'); END;

CREATE TABLE participant (
  oin TEXT PRIMARY KEY,
  iss TEXT NOT NULL UNIQUE,
  stage TEXT NOT NULL,
  since INTEGER NOT NULL,
  status INTEGER NOT NULL UNIQUE,
  mark_until INTEGER NOT NULL DEFAULT 0,
  registration TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER participant_kept BEFORE DELETE ON participant
BEGIN SELECT RAISE(ABORT, 'a participant is never deleted'); END;
CREATE TRIGGER participant_fixed BEFORE UPDATE OF oin, status ON participant
BEGIN SELECT RAISE(ABORT, 'an OIN and its place in the status list stay'); END;

-- Every key that ever stood in the register: it stays with its owner and purpose, and keeps its place.
CREATE TABLE participant_key (
  thumbprint TEXT PRIMARY KEY,
  oin TEXT NOT NULL REFERENCES participant (oin),
  purpose TEXT NOT NULL,
  kid TEXT NOT NULL,
  status INTEGER NOT NULL UNIQUE,
  compromised_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX key_oin ON participant_key (oin);
CREATE TRIGGER key_kept BEFORE DELETE ON participant_key
BEGIN SELECT RAISE(ABORT, 'a key is never deleted'); END;
CREATE TRIGGER key_fixed BEFORE UPDATE OF thumbprint, oin, purpose, kid, status ON participant_key
BEGIN SELECT RAISE(ABORT, 'a key keeps its owner, purpose and place'); END;
CREATE TRIGGER key_mark_fixed BEFORE UPDATE OF compromised_at ON participant_key
WHEN OLD.compromised_at IS NOT NULL AND (NEW.compromised_at IS NULL OR NEW.compromised_at > OLD.compromised_at)
BEGIN SELECT RAISE(ABORT, 'a compromise mark only moves to an earlier time'); END;

-- A decision that waits for a second person.
CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  account TEXT NOT NULL,
  act TEXT NOT NULL,
  oin TEXT NOT NULL,
  content TEXT NOT NULL,
  signature TEXT NOT NULL,
  approved INTEGER NOT NULL DEFAULT 0 CHECK (approved IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Persons who may decide, each with a public key (JWK).
CREATE TABLE account (
  name TEXT PRIMARY KEY,
  jwk TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER account_kept BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'an account is never deleted'); END;
CREATE TRIGGER account_fixed BEFORE UPDATE ON account
BEGIN SELECT RAISE(ABORT, 'an account keeps its key'); END;

CREATE TABLE published_entry (
  ref TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER published_kept BEFORE DELETE ON published_entry
BEGIN SELECT RAISE(ABORT, 'what was published stays'); END;
CREATE TRIGGER published_fixed BEFORE UPDATE ON published_entry
BEGIN SELECT RAISE(ABORT, 'what was published does not change'); END;

-- Versions that may not be used any more, and from when on (seconds since 1970).
CREATE TABLE ended_entry (
  ref TEXT PRIMARY KEY REFERENCES published_entry (ref),
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ended_kept BEFORE DELETE ON ended_entry
BEGIN SELECT RAISE(ABORT, 'what ended stays ended'); END;
CREATE TRIGGER ended_fixed BEFORE UPDATE ON ended_entry
BEGIN SELECT RAISE(ABORT, 'what ended stays ended'); END;

CREATE TABLE detail (
  sha256 TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Each signing: only the newest keeps its token; version and time never go back.
CREATE TABLE publication (
  version INTEGER PRIMARY KEY,
  issued_at INTEGER NOT NULL,
  change INTEGER NOT NULL,
  token BLOB
) STRICT;
CREATE TRIGGER publication_kept BEFORE DELETE ON publication
BEGIN SELECT RAISE(ABORT, 'a version is never used twice'); END;
