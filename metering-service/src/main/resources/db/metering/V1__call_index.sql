-- Finds the calls of one tenant, newest first, without an index entry for every call: one row for each
-- tenant and full block of 4,096 positions. Made from the event table alone, after the block is full;
-- to make it anew, empty call_index and set next_block to 0.

create table call_index (
    block     bigint     not null check (block >= 0),
    tenant_id text       not null,
    offsets   smallint[] not null, -- position - block * 4096, ascending
    primary key (tenant_id, block)
);

-- The first block that is not in call_index yet; one row.
create table call_index_head (
    one        boolean primary key default true check (one),
    next_block bigint  not null
);
insert into call_index_head (next_block) values (0);

alter table call_index enable row level security;
create policy service_all on call_index to meterbook_metering using (true) with check (true);
create policy tenant_reads on call_index for select to meterbook_metering_reader
    using (tenant_id = current_setting('meterbook.tenant', true));

grant select, insert on call_index to meterbook_metering;
grant select, update on call_index_head to meterbook_metering;
grant select on call_index, call_index_head to meterbook_metering_reader;
