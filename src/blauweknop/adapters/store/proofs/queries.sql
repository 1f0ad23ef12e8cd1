-- SPDX-License-Identifier: EUPL-1.2
-- Names of proofs seen (SQLite).

-- name: see
INSERT INTO proof_seen (hash, until) VALUES (:hash, :until) ON CONFLICT (hash) DO NOTHING

-- name: forget
DELETE FROM proof_seen WHERE hash IN (SELECT hash FROM proof_seen WHERE until < :now ORDER BY until LIMIT 8)
