-- The event log of one service. Append-only: the run-time role may add rows, never change or remove
-- them. ${service} is the service, and its schema is the default schema of this migration.

create table event_type (
    id       smallint generated always as identity primary key,
    name     text     not null check (length(name) between 1 and 100),
    revision smallint not null check (revision >= 1),
    unique (name, revision)
);

-- One row an event. Wide columns first, so that rows carry no padding.
create table event (
    position     bigint      not null check (position >= 1),
    record_time  timestamptz not null,
    event_key    uuid        not null,
    sequence     bigint,
    shard        smallint    not null,
    event_type   smallint    not null,
    tenant_id    text        not null,
    aggregate_id text,
    payload      bytea       not null,
    metadata     bytea,
    primary key (shard, position),
    check ((aggregate_id is null) = (sequence is null))
);
create unique index event_once on event (event_key, tenant_id);
create unique index event_of_aggregate on event (aggregate_id, sequence) where aggregate_id is not null;

-- Where each shard ends. The row lock on it puts writers in line, which makes positions dense and
-- their order the order of commit; the epoch shuts out a writer that was replaced.
create table shard_head (
    shard      smallint primary key,
    epoch      bigint   not null default 0,
    position   bigint   not null default 0,
    chain_hash bytea    not null,
    writer     text,        -- who holds the lease
    lease_end  timestamptz  -- when another may take it
) with (fillfactor = 10);
insert into shard_head (shard, chain_hash) values (0, decode(repeat('00', 32), 'hex'));

-- The hash chain: one row a batch.
create table event_batch (
    shard          smallint    not null,
    last_position  bigint      not null,
    first_position bigint      not null,
    record_time    timestamptz not null,
    chain_hash     bytea       not null check (length(chain_hash) = 32),
    primary key (shard, last_position)
);

-- Positions of this service's consumers (Axon's token store).
create table token_entry (
    processor_name varchar(255) not null,
    segment        integer      not null,
    token          bytea,
    token_type     varchar(255),
    timestamp      varchar(255),
    owner          varchar(255),
    primary key (processor_name, segment)
) with (fillfactor = 10);

alter table event enable row level security;
create policy service_all on event to meterbook_${service} using (true) with check (true);
create policy tenant_reads on event for select to meterbook_${service}_reader
    using (tenant_id = (select current_setting('meterbook.tenant', true)));
create policy logs_are_read_by_all_services on event for select to meterbook_log_reader using (true);

grant select, insert on event, event_type, event_batch to meterbook_${service};
grant select, update on shard_head to meterbook_${service};
grant select, insert, update, delete on token_entry to meterbook_${service};
grant select on event, event_type to meterbook_${service}_reader;
grant select on event, event_type, event_batch, shard_head to meterbook_log_reader;
