-- The log in one partition a shard. Who reads goes through "event", where row-level security holds a
-- tenant's read to its own rows; the service writes into the partition, which nobody may read by
-- itself, so that COPY can be used, which row-level security rules out.
drop policy service_all on event;
drop policy tenant_reads on event;
drop policy logs_are_read_by_all_services on event;
alter table event disable row level security;
revoke all on event from meterbook_${service}, meterbook_${service}_reader, meterbook_log_reader;
alter table event rename to event_shard_0;
alter index event_pkey rename to event_shard_0_pkey;

create table event (
    position     bigint      not null constraint event_position_check check (position >= 1),
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
    constraint event_check check ((aggregate_id is null) = (sequence is null))
) partition by list (shard);
alter table event attach partition event_shard_0 for values in (0);

alter table event enable row level security;
create policy service_reads on event for select to meterbook_${service} using (true);
create policy tenant_reads on event for select to meterbook_${service}_reader
    using (tenant_id = (select current_setting('meterbook.tenant', true)));
create policy logs_are_read_by_all_services on event for select to meterbook_log_reader using (true);

grant select on event to meterbook_${service}, meterbook_${service}_reader, meterbook_log_reader;
grant insert on event_shard_0 to meterbook_${service};
