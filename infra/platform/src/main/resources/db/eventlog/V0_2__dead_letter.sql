-- Events that a consumer of this service could not take, set aside so that the others go on. A row
-- leaves when a retry succeeds.
create table dead_letter (
    position     bigint      not null,
    first_time   timestamptz not null default now(),
    last_time    timestamptz not null default now(),
    attempts     integer     not null default 1,
    shard        smallint    not null,
    consumer     text        not null,
    log          text        not null,
    tenant_id    text        not null,
    event_name   text        not null,
    revision     smallint    not null,
    event_key    uuid        not null,
    record_time  timestamptz not null,
    reason       text        not null,
    payload      bytea       not null,
    primary key (consumer, shard, position, tenant_id)
);

alter table dead_letter enable row level security;
create policy service_all on dead_letter to meterbook_${service} using (true) with check (true);
grant select, insert, update, delete on dead_letter to meterbook_${service};
