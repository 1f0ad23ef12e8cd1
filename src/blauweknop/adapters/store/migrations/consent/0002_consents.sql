-- SPDX-License-Identifier: EUPL-1.2
-- Citizens, consents, and where the status of each stands. No BSN in clear, and no key beside it.

-- finder: keyed hash of the BSN; sealed: the BSN, encrypted. Both keys lie outside the database and its backups.
CREATE TABLE citizen (
  id TEXT PRIMARY KEY CHECK (length(id) = 32),
  finder BLOB NOT NULL UNIQUE CHECK (length(finder) = 32),
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- seq keeps the table in order of time; content: the consent as JSON; receipt: a compact JWS that says the same.
CREATE TABLE consent (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  citizen TEXT NOT NULL REFERENCES citizen (id),
  content BLOB NOT NULL,
  receipt BLOB NOT NULL
) STRICT;
CREATE INDEX consent_citizen ON consent (citizen, seq);

-- Requests that a citizen has before them: decided once, by the transaction that takes the row away.
CREATE TABLE pending (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  content BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_expires ON pending (expires_at);

-- Status lists, apart for each source (OIN). token: the newest signed list, for version token_version.
CREATE TABLE status_list (
  source TEXT NOT NULL,
  number INTEGER NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0 AND size % 4 = 0),
  used INTEGER NOT NULL DEFAULT 0 CHECK (used * 2 <= size),
  version INTEGER NOT NULL DEFAULT 1,
  token BLOB NOT NULL DEFAULT x'',
  token_version INTEGER NOT NULL DEFAULT 0,
  token_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;

-- An index is random, given once, never again. consent: empty for one that a restored backup did not know.
CREATE TABLE place (
  source TEXT NOT NULL,
  number INTEGER NOT NULL,
  idx INTEGER NOT NULL CHECK (idx >= 0),
  consent TEXT NOT NULL,
  bit INTEGER NOT NULL CHECK (bit IN (0, 1, 2)),
  PRIMARY KEY (source, number, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_consent ON place (consent) WHERE consent <> '';
CREATE INDEX place_changed ON place (source, number, idx, bit) WHERE bit <> 0;

-- volgnr: grows with every change of any list; the journal outside the backup knows the highest.
CREATE TABLE serial (one INTEGER PRIMARY KEY CHECK (one = 1), value INTEGER NOT NULL) STRICT;
INSERT INTO serial (one, value) VALUES (1, 0);

-- The last token minted per consent and source; nothing older is kept.
CREATE TABLE mint (
  consent TEXT NOT NULL REFERENCES consent (id),
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (consent, source)
) STRICT, WITHOUT ROWID;
