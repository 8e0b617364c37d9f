-- Every row is known by a number that grows with time (dev.ringpost.id.NumberSource), so that rows are added at the end
-- of a table. Times are milliseconds since 1970. A row of a table without "without rowid" whose key is "no" has its
-- number at the end of each index, so (account) means (account, no).

-- What the database says about itself: "master_key_check" is a known text sealed with the master key.
create table meta (
    name text not null primary key,
    value blob not null
) strict, without rowid;

create table accounts (
    no integer primary key,
    name text not null,
    secrets blob not null,                  -- sealed
    secrets_changed_at integer,             -- null: never
    created_at integer not null
) strict;
create index accounts_name on accounts (name);

create table api_keys (
    no integer primary key,
    account integer not null,
    hash text not null unique,              -- SHA-256 of the key, lower-case hex
    scope text not null,
    name text,
    agent_ids text not null,                -- JSON
    created_at integer not null
) strict;
create index api_keys_account on api_keys (account);

-- The first answers to requests that carried an Idempotency-Key, given again for 24 hours; the number holds the time.
create table answers (
    no integer primary key,
    account integer not null,
    request text not null,                  -- SHA-256 of method, path and key, lower-case hex
    body text not null,                     -- SHA-256 of the request's body, lower-case hex
    about integer,                          -- the call, webhook, account or key that it tells of and is erased with
    status integer not null,
    content_type text not null,
    location text,
    content blob not null                   -- sealed
) strict;
create unique index answers_request on answers (account, request);
create index answers_about on answers (about) where about is not null;

-- Rows outlive deletion (live = 0), so that the log knows what its rows were sent to.
create table endpoints (
    no integer primary key,
    account integer not null,
    kind text not null,
    name text not null,
    url text not null,
    events integer not null,                -- bits, see EventType.mask
    status text not null,
    disabled_reason text,
    live integer not null,
    options text not null,                  -- JSON, all but the headers
    sealed blob,                            -- signing secrets and request headers; null after deletion
    created_at integer not null,
    updated_at integer not null
) strict;
create index endpoints_account on endpoints (account, kind) where live = 1;
create index endpoints_gone on endpoints (account) where live = 0;
create unique index endpoints_call_url on endpoints (account, url) where kind = 'call' and live = 1;

create table calls (
    no integer primary key,
    account integer not null,
    agent text not null,
    status text not null,
    external_hash blob,                     -- of the external id, keyed
    created_at integer not null,
    updated_at integer not null,
    endpoint integer,                       -- of its own webhook
    details blob not null                   -- JSON, sealed: the rest, which nothing is searched by
) strict;

-- Which call has an external id. Those of the newest calls are not here yet: see dev.ringpost.sqlite.ExternalIds.
create table external_ids (
    hash blob not null primary key,         -- calls.external_hash
    call integer not null
) strict, without rowid;
create trigger external_ids_call_deleted after delete on calls when old.external_hash is not null begin
    delete from external_ids where hash = old.external_hash and call = old.no;
end;

-- Whether an endpoint of kind call is still in use.
create index calls_endpoint on calls (endpoint) where endpoint is not null and status not in ('completed', 'failed');

-- The random value behind the key that seals what is stored about a call: to overwrite it (with zeros) is to erase the
-- call. Rows are added in growing order and never deleted near one that counts, so that a value has no copy in the file.
create table call_keys (
    no integer primary key,                 -- the call's
    key blob not null check (length(key) = 32)
) strict;

-- What is left to do of erasures that are committed. An account's own row has call 0.
create table erasures (
    call integer not null,
    account integer not null,
    since integer not null,
    primary key (call, account)
) strict, without rowid;

-- Keyed hashes of the numbers and external ids of erased calls: they are never made again.
create table erased (
    account integer not null,
    hash blob not null,
    primary key (account, hash)
) strict, without rowid;

-- The first 16 bytes of the SHA-256 of each report's idempotency key.
create table report_keys (
    call integer not null,
    hash blob not null,
    primary key (call, hash)
) strict, without rowid;

create table timers (
    call integer not null,
    kind integer not null,
    account integer not null,
    due integer not null,
    primary key (call, kind)
) strict, without rowid;
create index timers_due on timers (kind, due);

create table events (
    no integer primary key,
    account integer not null,
    call integer not null,
    seq integer not null,
    type integer not null,
    created_at integer not null,
    payload blob not null                   -- sealed with the call's key
) strict;
create index events_call on events (call);

-- Deliveries not yet tried. A delivery that succeeds at once touches no other table of waiting ones.
create table fresh (
    event integer not null,
    endpoint integer not null,
    account integer not null,
    call integer not null,
    seq integer not null,
    type integer not null,
    primary key (event, endpoint)
) strict, without rowid;

-- What does not go out at its first attempt: class 0 found no room in memory (at = event), 1 failed and is due again,
-- 2 is a replay's (at = 0 until the replay has tried it), 3 was asked for by somebody.
create table queue (
    endpoint integer not null,
    event integer not null,
    class integer not null,
    at integer not null,
    account integer not null,
    call integer not null,
    seq integer not null,
    type integer not null,
    attempts integer not null,
    step integer not null,
    failed_at integer not null default 0,   -- the last attempt; a repair makes due what failed before it
    replay integer,                         -- the one that it belongs to
    primary key (endpoint, event)
) strict, without rowid;
create index queue_due on queue (endpoint, class, at, event);

-- What a strictly ordered call has tried and not ended holds back the rest of the call.
create index queue_call on queue (call, endpoint, class);
create index queue_replay on queue (replay) where replay is not null;

-- What is still to be done to all that waits: see dev.ringpost.delivery.Sweep.
create table sweeps (
    no integer primary key,
    account integer not null,
    endpoint integer not null,              -- 0: every one
    kind integer not null,
    subject integer not null                -- of event types the bits, a call, a replay
) strict;

create table replays (
    no integer primary key,
    account integer not null,
    endpoint integer not null,
    only text not null,
    types integer not null,                 -- bits
    since integer not null,
    until integer not null,
    status text not null,
    position integer not null,              -- the last event that was looked at
    total integer not null,
    succeeded integer not null,
    failed integer not null,
    created_at integer not null
) strict;
create index replays_running on replays (no) where status = 'running';
create index replays_account on replays (account) where status = 'running';

-- An endpoint with a row in queue has a lane whose next_at is no later than that row may run. Null: nothing waits.
create table lanes (
    endpoint integer primary key,
    account integer not null,
    next_at integer,
    high_call integer not null default 0,
    waiting integer not null default 0,     -- rows in queue
    failures integer not null default 0,
    probe_at integer not null default 0,
    last_success_at integer not null default 0,
    last_failure_at integer not null default 0,
    last_error text,
    failing_since integer not null default 0,
    failing_days integer not null default 0
) strict;
create index lanes_next on lanes (next_at) where next_at is not null;

-- Whatever is not well with an account's endpoints.
create index lanes_unwell on lanes (account) where waiting > 0 or failures > 0 or probe_at <> 0;

-- The log. The number holds the time of completion. Small answers are here, others in bodies.
create table attempts (
    event integer not null,
    endpoint integer not null,
    no integer not null,
    account integer not null,
    call integer,                           -- 0: a test; null: it was erased
    type integer not null,
    status integer not null,
    final integer not null,
    attempt integer not null,
    url text not null,
    http integer,
    ms integer not null,
    next_retry_at integer,
    error text,
    answer blob,                            -- headers and body, sealed with the call's key, a test's with the master key
    primary key (event, endpoint, no)
) strict, without rowid;
-- What went wrong is looked for most, and may be one in a million; it costs nothing where all succeeds.
create index attempts_endpoint_unsuccessful on attempts (endpoint, no) where status > 1 or final = 0;
create index attempts_account_unsuccessful on attempts (account, no) where status > 1 or final = 0;

create table bodies (
    no integer primary key,                 -- the attempt's
    answer blob not null
) strict;

-- Indexes that are filled late, many rows at once: see dev.ringpost.sqlite.LateIndexes. They have every row up to a
-- number, and up to another one some may be there already.
create table indexed (
    upto integer not null,
    some_upto integer not null
) strict;
insert into indexed values (0, 0);

create table calls_by_account (
    account integer not null,
    no integer not null,
    primary key (account, no)
) strict, without rowid;

create table calls_by_agent (
    account integer not null,
    agent text not null,
    no integer not null,
    primary key (account, agent, no)
) strict, without rowid;

-- Most calls are completed: who asks for those that run, or for those that failed, must not read all the others.
create table calls_by_status (
    account integer not null,
    status text not null,                   -- not completed
    no integer not null,
    primary key (account, status, no)
) strict, without rowid;
create trigger calls_status after update of status on calls
when old.status <> new.status and new.no <= (select some_upto from indexed) begin
    delete from calls_by_status where account = old.account and status = old.status and no = old.no;
    insert or ignore into calls_by_status (account, status, no)
    select new.account, new.status, new.no where new.status <> 'completed';
end;

create trigger calls_deleted after delete on calls begin
    delete from calls_by_account where account = old.account and no = old.no;
    delete from calls_by_status where account = old.account and status = old.status and no = old.no;
    delete from calls_by_agent where account = old.account and agent = old.agent and no = old.no;
end;

create table events_by_account (
    account integer not null,
    no integer not null,
    primary key (account, no)
) strict, without rowid;
create trigger events_deleted after delete on events begin
    delete from events_by_account where account = old.account and no = old.no;
end;

-- By event as well: one that hardly ever came is not looked for among all that did. A log of all is merged from them.
create table attempts_by_account (
    account integer not null,
    type integer not null,
    no integer not null,
    event integer not null,
    endpoint integer not null,
    primary key (account, type, no)
) strict, without rowid;

create table attempts_by_endpoint (
    endpoint integer not null,
    no integer not null,
    event integer not null,
    primary key (endpoint, no)
) strict, without rowid;

-- The newest rows of the log in the order in which they came, until they are in both indexes.
create table recent_attempts (
    no integer primary key,
    account integer not null,
    type integer not null,
    endpoint integer not null,
    event integer not null
) strict;
create trigger attempts_added after insert on attempts begin
    insert into recent_attempts (no, account, type, endpoint, event)
    values (new.no, new.account, new.type, new.endpoint, new.event);
end;
create trigger attempts_deleted after delete on attempts begin
    delete from attempts_by_account where account = old.account and type = old.type and no = old.no;
    delete from attempts_by_endpoint where endpoint = old.endpoint and no = old.no;
    delete from recent_attempts where no = old.no;
end;

-- How many of each there were, in the interval that begins at "at". Minutes are kept of whole accounts only.
create table counts (
    interval integer not null,              -- 1: a minute, 2: an hour
    at integer not null,
    account integer not null,
    endpoint integer not null,              -- 0: the whole account
    events integer not null,                -- an endpoint's: that became deliveries to it
    deliveries_succeeded integer not null,
    deliveries_failed integer not null,     -- that gave up
    attempts_succeeded integer not null,
    attempts_failed integer not null,
    lag blob not null,                      -- see dev.ringpost.stats.LagHistogram
    primary key (interval, at, account, endpoint)
) strict, without rowid;
