-- SPDX-License-Identifier: EUPL-1.2
-- The highest volgnr seen of each signer of stands: it never goes down.
CREATE TABLE stand_seen (
  iss TEXT PRIMARY KEY,
  serial INTEGER NOT NULL CHECK (serial >= 0)
) STRICT, WITHOUT ROWID;
