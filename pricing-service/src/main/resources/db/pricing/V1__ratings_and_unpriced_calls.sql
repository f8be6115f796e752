-- What the rating of calls leaves behind beside the rating log itself.

-- Which event of the rating log holds the first rating of which calls. The ranges do not overlap.
create table rated_range (
    first_usage_position bigint   not null,
    last_usage_position  bigint   not null,
    rating_position      bigint   not null,
    usage_shard          smallint not null,
    primary key (usage_shard, first_usage_position),
    check (first_usage_position <= last_usage_position)
);

-- Calls that had no price when they were metered. A row stays when the price arrives, and then says
-- where the late rating is.
create table unpriced_call (
    usage_position       bigint      not null,
    -- Position of the last fact of the price book that was known when it was tried last.
    tried_position       bigint      not null,
    late_rating_position bigint,
    occur_time           timestamptz not null,
    usage_shard          smallint    not null,
    tenant_id            text        not null,
    call_id              text        not null,
    provider             text        not null,
    model                text        not null,
    application          text        not null,
    reason               text        not null
        check (reason in ('UNKNOWN_MODEL', 'NO_PRICE_FOR_LEAF', 'NO_PLAN')),
    leaf                 text        not null,
    primary key (tenant_id, usage_shard, usage_position)
);
create index unpriced_call_waiting on unpriced_call (usage_shard, usage_position)
    where late_rating_position is null;
create index unpriced_call_to_try on unpriced_call (reason, tried_position)
    where late_rating_position is null;

alter table unpriced_call enable row level security;
create policy tenant_reads on unpriced_call for select to meterbook_pricing_reader
    using (tenant_id = current_setting('meterbook.tenant', true));
create policy service_all on unpriced_call to meterbook_pricing using (true) with check (true);

grant select, insert on rated_range to meterbook_pricing;
grant select, insert, update on unpriced_call to meterbook_pricing;
grant select on unpriced_call to meterbook_pricing_reader;
