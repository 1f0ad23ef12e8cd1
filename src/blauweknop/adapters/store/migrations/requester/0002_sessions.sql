-- SPDX-License-Identifier: EUPL-1.2
-- Visits to the reference service: id hashed, content encrypted under a key that needs the id itself.

CREATE TABLE session (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  kind TEXT NOT NULL CHECK (kind IN ('session', 'attempt')),
  content BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expires ON session (expires_at);
