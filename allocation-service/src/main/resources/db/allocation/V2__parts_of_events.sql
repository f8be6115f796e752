-- An event of the rating log is rolled up as a whole, or by tenant where one tenant's part of it could
-- not be taken. Empty tenant_id: the whole event. While rolled_up is false a row says only how calls
-- were allocated before the roll-up was emptied.

alter table allocated_batch add column tenant_id text collate "C" not null default '';
alter table allocated_batch alter column tenant_id drop default;
alter table allocated_batch drop constraint allocated_batch_pkey;
alter table allocated_batch add primary key (rating_shard, rating_position, tenant_id);

alter table allocated_batch enable row level security;
create policy service_all on allocated_batch to meterbook_${service} using (true) with check (true);
create policy tenant_reads on allocated_batch for select to meterbook_${service}_reader
    using (tenant_id = current_setting('meterbook.tenant', true));
