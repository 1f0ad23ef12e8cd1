-- SPDX-License-Identifier: EUPL-1.2
-- What a requester remembers (SQLite).

-- name: save
INSERT INTO asked (hash, kind, of_hash, content, due) VALUES (:hash, :kind, :of_hash, :content, :due)
ON CONFLICT (hash) DO UPDATE SET content = excluded.content, due = excluded.due WHERE kind = excluded.kind

-- name: load
SELECT content FROM asked WHERE hash = :hash AND kind = :kind

-- name: take
DELETE FROM asked WHERE hash = :hash AND kind = :kind RETURNING content

-- name: bring_forward
UPDATE asked SET due = :due WHERE of_hash = :of_hash AND due > :due

-- name: delete_deliveries
DELETE FROM asked WHERE of_hash = :of_hash AND kind = 'levering'

-- name: delete_due
DELETE FROM asked WHERE due < :today
