-- SPDX-License-Identifier: EUPL-1.2
-- What the authorization server remembers (SQLite).

-- name: push
INSERT INTO pushed_request (hash, content, expires_at) VALUES (:hash, :content, :expires_at)

-- name: load_request
SELECT content FROM pushed_request WHERE hash = :hash

-- name: take_request
DELETE FROM pushed_request WHERE hash = :hash

-- name: add_code
INSERT INTO authorization_code (hash, grant_id, content, expires_at, kept_until)
VALUES (:hash, :grant_id, :content, :expires_at, :kept_until)

-- name: load_code
SELECT content, expires_at, used FROM authorization_code WHERE hash = :hash

-- name: burn_code
UPDATE authorization_code SET used = 1 WHERE hash = :hash AND used = 0

-- name: end_by_code
DELETE FROM refresh_token WHERE code = :hash

-- name: add_refresh
INSERT INTO refresh_token (hash, grant_id, code, content, used_at, idle_seconds, expires_at)
VALUES (:hash, :grant_id, :code, :content, :used_at, :idle_seconds, :expires_at)

-- name: load_refresh
SELECT content, CASE idle_seconds WHEN 0 THEN expires_at ELSE min(expires_at, used_at + idle_seconds) END
FROM refresh_token WHERE hash = :hash

-- name: use_refresh
UPDATE refresh_token SET used_at = max(used_at, :now) WHERE hash = :hash AND idle_seconds > 0

-- name: end_refresh
DELETE FROM refresh_token WHERE hash = :hash

-- name: end_codes_of_grant
DELETE FROM authorization_code WHERE grant_id = :grant_id

-- name: end_refresh_of_grant
DELETE FROM refresh_token WHERE grant_id = :grant_id

-- name: forget_seen
DELETE FROM seen_once WHERE hash IN (SELECT hash FROM seen_once WHERE until <= :now ORDER BY until LIMIT 16)

-- name: see
INSERT INTO seen_once (hash, until) VALUES (:hash, :until) ON CONFLICT (hash) DO NOTHING

-- name: forget_requests
DELETE FROM pushed_request
WHERE hash IN (SELECT hash FROM pushed_request WHERE expires_at <= :now ORDER BY expires_at LIMIT 16)

-- name: forget_codes
DELETE FROM authorization_code
WHERE hash IN (SELECT hash FROM authorization_code WHERE kept_until <= :now ORDER BY kept_until LIMIT 16)

-- name: forget_refresh
DELETE FROM refresh_token
WHERE hash IN (SELECT hash FROM refresh_token WHERE expires_at <= :now ORDER BY expires_at LIMIT 16)
