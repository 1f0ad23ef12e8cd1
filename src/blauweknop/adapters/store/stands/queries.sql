-- SPDX-License-Identifier: EUPL-1.2
-- The highest volgnr seen of each signer of stands (SQLite).

-- name: highest
SELECT serial FROM stand_seen WHERE iss = :iss

-- name: raise_to
INSERT INTO stand_seen (iss, serial) VALUES (:iss, :serial)
ON CONFLICT (iss) DO UPDATE SET serial = excluded.serial WHERE excluded.serial > serial
