/**
 * The first schema. Documents are JSON text; columns beside them are what queries and guards need. `STRICT` and the
 * checks also hold against people with the sqlite3 tool.
 */
export const firstSchema = `
CREATE TABLE departures (
  id TEXT PRIMARY KEY,
  scheduled_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL CHECK (json_type(document) = 'object'),
  accepted TEXT NOT NULL CHECK (json_type(accepted) = 'object'),
  commands TEXT NOT NULL
) STRICT;
CREATE INDEX departures_by_schedule ON departures (scheduled_at, id);
CREATE INDEX departures_edited_beside_us ON departures (id) WHERE document <> accepted;

CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  departure_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  change TEXT NOT NULL,
  departure TEXT NOT NULL,
  UNIQUE (departure_id, revision)
) STRICT;
CREATE INDEX outbox_by_age ON outbox (at);

CREATE TABLE history (
  id TEXT PRIMARY KEY,
  departure_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  change TEXT NOT NULL
) STRICT;
CREATE INDEX history_by_departure ON history (departure_id, revision);

CREATE TABLE bookings (
  id TEXT PRIMARY KEY,
  departure_id TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX bookings_by_departure ON bookings (departure_id, id);

CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  departure_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  confirm_hash TEXT NOT NULL UNIQUE,
  unsubscribe_hash TEXT NOT NULL UNIQUE,
  is_active INTEGER NOT NULL,
  document TEXT NOT NULL,
  UNIQUE (departure_id, recipient)
) STRICT;
CREATE INDEX subscriptions_active ON subscriptions (departure_id, id) WHERE is_active = 1;

CREATE TABLE told_states (
  departure_id TEXT PRIMARY KEY,
  due_at INTEGER,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX told_states_due ON told_states (due_at, departure_id) WHERE due_at IS NOT NULL;

CREATE TABLE notice_decisions (
  change_id TEXT PRIMARY KEY,
  departure_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX notice_decisions_by_departure ON notice_decisions (departure_id, revision);

CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  recipients INTEGER,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX notices_waiting ON notices (created_at, sequence, id, due_at) WHERE recipients IS NULL;
CREATE INDEX notices_by_age ON notices (created_at, id);

CREATE TABLE deliveries (
  id TEXT PRIMARY KEY,
  notice_id TEXT NOT NULL,
  broadcast_id TEXT,
  departure_id TEXT NOT NULL,
  state TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  lease_until INTEGER,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX deliveries_queued ON deliveries (created_at, id, not_before) WHERE state = 'queued';
CREATE INDEX deliveries_attempting ON deliveries (lease_until, id) WHERE state = 'attempting';
CREATE INDEX deliveries_by_notice ON deliveries (notice_id, state);
CREATE INDEX deliveries_by_broadcast ON deliveries (broadcast_id, state) WHERE broadcast_id IS NOT NULL;
CREATE INDEX deliveries_by_departure ON deliveries (departure_id, state, sequence);

CREATE TABLE broadcasts (
  id TEXT PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  is_published INTEGER NOT NULL DEFAULT 0,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX broadcasts_by_age ON broadcasts (created_at, id);
CREATE INDEX broadcasts_by_validity ON broadcasts (valid_until);
CREATE INDEX broadcasts_unpublished ON broadcasts (created_at, id) WHERE is_published = 0;

CREATE TABLE staff_accounts (name TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE TABLE staff_sessions (token_hash TEXT PRIMARY KEY, ends_at INTEGER NOT NULL, document TEXT NOT NULL) STRICT;
CREATE INDEX staff_sessions_by_end ON staff_sessions (ends_at);

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, ends_at INTEGER NOT NULL) STRICT;

CREATE TABLE mailbox (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  at INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX mailbox_by_recipient ON mailbox (recipient, at, sequence);
CREATE INDEX mailbox_by_age ON mailbox (at, sequence);

CREATE TABLE log_records (
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  key TEXT,
  id TEXT,
  value TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (topic, partition, offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_groups (
  group_name TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  next_offset INTEGER NOT NULL,
  PRIMARY KEY (group_name, topic, partition)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_epoch (topic TEXT PRIMARY KEY, epoch TEXT NOT NULL) STRICT;

CREATE TABLE log_dead (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  key TEXT,
  value TEXT,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX log_dead_by_topic ON log_dead (topic, sequence);
`
