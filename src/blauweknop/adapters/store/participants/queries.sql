-- SPDX-License-Identifier: EUPL-1.2
-- The register (SQLite).

-- name: participants
SELECT registration, stage, since, status, mark_until FROM participant ORDER BY oin

-- name: participant
SELECT registration, stage, since, status, mark_until FROM participant WHERE oin = :oin

-- name: save_participant
INSERT INTO participant (oin, iss, stage, since, status, mark_until, registration)
VALUES (:oin, :iss, :stage, :since, :status, :mark_until, :registration)
ON CONFLICT (oin) DO UPDATE SET iss = excluded.iss, stage = excluded.stage, since = excluded.since,
  mark_until = excluded.mark_until, registration = excluded.registration

-- name: keys
SELECT thumbprint, oin, purpose, kid, status, compromised_at FROM participant_key ORDER BY thumbprint

-- name: add_key
INSERT INTO participant_key (thumbprint, oin, purpose, kid, status, compromised_at)
VALUES (:thumbprint, :oin, :purpose, :kid, :status, :compromised_at)

-- name: mark_compromised
UPDATE participant_key SET compromised_at = :at WHERE thumbprint = :thumbprint

-- name: last_change
SELECT number, leaf FROM change_record ORDER BY number DESC LIMIT 1

-- name: append
INSERT INTO change_record (number, at, account, act, oin, content, signature, previous, leaf)
VALUES (:number, :at, :account, :act, :oin, :content, :signature, :previous, :leaf)

-- name: changes
SELECT number, at, account, act, oin, content, signature FROM change_record
WHERE number > :after ORDER BY number LIMIT :limit

-- name: account
SELECT jwk FROM account WHERE name = :name

-- name: add_account
INSERT INTO account (name, jwk) VALUES (:name, :jwk)

-- name: proposal
SELECT id, at, account, act, oin, content, signature, approved FROM proposal WHERE id = :id

-- name: proposals
SELECT id, at, account, act, oin, content, signature, approved FROM proposal WHERE approved = 0 ORDER BY at, id

-- name: add_proposal
INSERT INTO proposal (id, at, account, act, oin, content, signature)
VALUES (:id, :at, :account, :act, :oin, :content, :signature)

-- name: close_proposal
UPDATE proposal SET approved = 1 WHERE id = :id

-- name: published
SELECT ref, sha256 FROM published_entry ORDER BY ref

-- name: published_entry
SELECT sha256 FROM published_entry WHERE ref = :ref

-- name: publish_entry
INSERT INTO published_entry (ref, sha256) VALUES (:ref, :sha256)

-- name: ended
SELECT ref, since FROM ended_entry ORDER BY ref

-- name: end_entry
INSERT INTO ended_entry (ref, since) VALUES (:ref, :since)

-- name: save_detail
INSERT INTO detail (sha256, data) VALUES (:sha256, :data) ON CONFLICT (sha256) DO NOTHING

-- name: detail
SELECT data FROM detail WHERE sha256 = :sha256

-- name: newest
SELECT version, issued_at, change, token FROM publication ORDER BY version DESC LIMIT 1

-- name: forget_token
UPDATE publication SET token = NULL WHERE token IS NOT NULL AND version < :version

-- name: save_publication
INSERT INTO publication (version, issued_at, change, token) VALUES (:version, :issued_at, :change, :token)
