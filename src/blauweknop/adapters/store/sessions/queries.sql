-- SPDX-License-Identifier: EUPL-1.2
-- Sessions and login attempts (SQLite).

-- name: add
INSERT INTO session (hash, kind, content, expires_at) VALUES (:hash, :kind, :content, :expires_at)

-- name: load
SELECT content FROM session WHERE hash = :hash AND kind = :kind AND expires_at > :now

-- name: update
UPDATE session SET content = :content, expires_at = :expires_at
WHERE hash = :hash AND kind = :kind AND expires_at > :now

-- name: take
DELETE FROM session WHERE hash = :hash AND kind = :kind RETURNING content, expires_at

-- name: forget
DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE expires_at <= :now ORDER BY expires_at LIMIT 16)
