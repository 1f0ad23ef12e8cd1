-- SPDX-License-Identifier: EUPL-1.2
-- The status lists of seals (SQLite).

-- name: newest_list
SELECT number, size, used FROM seal_list ORDER BY number DESC LIMIT 1

-- name: add_list
INSERT INTO seal_list (number, size) VALUES (:number, :size)

-- name: take_index
INSERT OR IGNORE INTO seal (list, idx) VALUES (:list, :idx)

-- name: count_used
UPDATE seal_list SET used = used + :count WHERE number = :number

-- name: use_index
UPDATE seal SET record = :record, mark = :mark
WHERE list = :list AND idx = :idx AND record IS NULL AND status = 0

-- name: status_of
SELECT status FROM seal WHERE list = :list AND idx = :idx

-- name: change_status
UPDATE seal SET status = :status, reason = :reason WHERE list = :list AND idx = :idx

-- name: bump_list
UPDATE seal_list SET version = version + 1 WHERE number = :list

-- name: marks_of_citizen
SELECT id, marks FROM seal_mark WHERE citizen = :citizen AND data_set = :data_set

-- name: add_mark
INSERT INTO seal_mark (citizen, data_set, marks) VALUES (:citizen, :data_set, :marks) RETURNING id

-- name: bump_lists_of_mark
UPDATE seal_list SET version = version + 1
WHERE number IN (SELECT list FROM seal WHERE mark = :mark AND status = 0)

-- name: replace_seals_of_mark
UPDATE seal SET status = 3, reason = 'vervangen' WHERE mark = :mark AND status = 0

-- name: release_mark
UPDATE seal SET mark = NULL WHERE mark = :mark

-- name: drop_mark
DELETE FROM seal_mark WHERE id = :mark

-- name: seals_of_delivery
SELECT seal.list, seal.idx, log_record.id, seal.status, seal.reason
FROM log_record CROSS JOIN seal ON seal.record = log_record.seq -- CROSS: the record first, always
WHERE log_record.id BETWEEN :delivery AND :delivery || '~:'
  AND (log_record.id = :delivery OR log_record.id >= :delivery || '~0')
ORDER BY log_record.number

-- name: load_list
SELECT size, version FROM seal_list WHERE number = :number

-- name: changed_of_list
SELECT idx, status FROM seal WHERE list = :number AND status <> 0

-- name: list_numbers
SELECT number FROM seal_list ORDER BY number
