-- SPDX-License-Identifier: EUPL-1.2
-- Citizens, consents and their status (SQLite).

-- name: find_citizen
SELECT id FROM citizen WHERE finder = :finder

-- name: add_citizen
INSERT INTO citizen (id, finder, sealed) VALUES (:id, :finder, :sealed) ON CONFLICT (finder) DO NOTHING

-- name: sealed_bsn
SELECT sealed FROM citizen WHERE id = :id

-- name: keep_pending
INSERT INTO pending (hash, content, expires_at) VALUES (:hash, :content, :expires_at)

-- name: load_pending
SELECT content FROM pending WHERE hash = :hash AND expires_at > :now

-- name: take_pending
DELETE FROM pending WHERE hash = :hash AND expires_at > :now

-- name: forget_pending
DELETE FROM pending WHERE hash IN (SELECT hash FROM pending WHERE expires_at <= :now ORDER BY expires_at LIMIT 8)

-- name: add_consent
INSERT INTO consent (id, citizen, content, receipt) VALUES (:id, :citizen, :content, :receipt)

-- name: load_consent
SELECT content, receipt FROM consent WHERE id = :id

-- name: of_citizen
SELECT content, receipt FROM consent WHERE citizen = :citizen ORDER BY seq DESC

-- name: set_content
UPDATE consent SET content = :content WHERE id = :id

-- name: newest_list
SELECT number, size, used FROM status_list WHERE source = :source ORDER BY number DESC LIMIT 1

-- name: add_list
INSERT INTO status_list (source, number, size) VALUES (:source, :number, :size)

-- name: count_used
UPDATE status_list SET used = used + 1, version = version + 1 WHERE source = :source AND number = :number

-- name: touch_list
UPDATE status_list SET version = version + 1 WHERE source = :source AND number = :number

-- name: take_place
INSERT INTO place (source, number, idx, consent, bit) VALUES (:source, :number, :idx, :consent, :bit)
ON CONFLICT DO NOTHING

-- name: places_of
SELECT source, number, idx FROM place WHERE consent = :consent

-- name: place_of
SELECT number, idx FROM place WHERE consent = :consent AND source = :source

-- name: consent_at
SELECT consent, bit FROM place WHERE source = :source AND number = :number AND idx = :idx

-- name: set_bit
UPDATE place SET bit = :bit WHERE source = :source AND number = :number AND idx = :idx

-- name: lists
SELECT number, size, version, token, token_version, token_at FROM status_list WHERE source = :source ORDER BY number

-- name: bits
SELECT idx, bit FROM place WHERE source = :source AND number = :number AND bit <> 0

-- name: keep_token
UPDATE status_list SET token = :token, token_version = :token_version, token_at = :token_at
WHERE source = :source AND number = :number
  AND (token_version < :token_version OR (token_version = :token_version AND token_at < :token_at))

-- name: serial
SELECT value FROM serial WHERE one = 1

-- name: set_serial
UPDATE serial SET value = :value WHERE one = 1 AND value < :value

-- name: note_mint
INSERT INTO mint (consent, source, at) VALUES (:consent, :source, :at)
ON CONFLICT (consent, source) DO UPDATE SET at = excluded.at WHERE excluded.at > at

-- name: mints
SELECT source, at FROM mint WHERE consent = :consent
