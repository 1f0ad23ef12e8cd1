-- SPDX-License-Identifier: EUPL-1.2
-- The log (SQLite).

-- name: head_of_citizen
SELECT number, leaf FROM log_record WHERE citizen = :citizen ORDER BY number DESC LIMIT 1

-- name: add_record
INSERT INTO log_record (id, citizen, number, entry, salt, leaf, previous, started_ns, uncertain, repeat_of)
VALUES (:id, :citizen, :number, :entry, :salt, :leaf, :previous, :started_ns, :uncertain, :repeat_of)
RETURNING seq

-- name: mark_sent
UPDATE log_record SET uncertain = 0 WHERE id = :id AND uncertain = 1

-- name: of_citizen
SELECT id, number, entry, salt, leaf, previous, started_ns, uncertain, repeat_of
FROM log_record WHERE citizen = :citizen AND number > :after ORDER BY number LIMIT :limit

-- name: repeat_of_key
SELECT delivery, until_ns FROM repeat_key WHERE hash = :hash

-- name: keep_key
INSERT INTO repeat_key (hash, delivery, until_ns) VALUES (:hash, :delivery, :until_ns)
ON CONFLICT (hash) DO UPDATE SET delivery = excluded.delivery, until_ns = excluded.until_ns

-- name: forget_keys
DELETE FROM repeat_key WHERE hash IN (SELECT hash FROM repeat_key WHERE until_ns < :now_ns ORDER BY until_ns LIMIT 8)

-- name: quota_used
SELECT 1 FROM quota WHERE grant_rule = :grant_rule AND period = :period

-- name: use_quota
INSERT INTO quota (grant_rule, period, record) VALUES (:grant_rule, :period, :record)

-- name: taken_of_hour
SELECT taken FROM client_hour WHERE client = :client AND hour = :hour

-- name: take_of_hour
INSERT INTO client_hour (client, hour, taken) VALUES (:client, :hour, 1)
ON CONFLICT (client, hour) DO UPDATE SET taken = taken + 1

-- name: forget_hours
DELETE FROM client_hour WHERE client = :client AND hour < :hour
