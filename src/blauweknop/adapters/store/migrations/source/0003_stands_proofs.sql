-- SPDX-License-Identifier: EUPL-1.2
-- The highest volgnr seen of each signer of stands: it never goes down.
CREATE TABLE stand_seen (
  iss TEXT PRIMARY KEY,
  serial INTEGER NOT NULL CHECK (serial >= 0)
) STRICT, WITHOUT ROWID;

-- Names of DPoP proofs seen: small and short-lived, apart from the log.
CREATE TABLE proof_seen (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX proof_seen_until ON proof_seen (until);
