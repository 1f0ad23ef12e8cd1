-- SPDX-License-Identifier: EUPL-1.2
-- What a requester remembers. Content is encrypted under a key outside this database; names are SHA-256.
-- ``of_hash``: what it belongs to, a consent for a delivery, else itself.

CREATE TABLE asked (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  kind TEXT NOT NULL CHECK (kind IN ('aanvraag', 'toestemming', 'levering')),
  of_hash BLOB NOT NULL CHECK (length(of_hash) = 32),
  content BLOB NOT NULL,
  due TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX asked_due ON asked (due);
CREATE INDEX asked_of ON asked (of_hash);
