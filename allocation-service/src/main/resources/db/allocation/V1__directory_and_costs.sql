-- The directory's read models and the hourly roll-up of costs. Ids compare by their bytes.

create table tenant (
    tenant_id           text        collate "C" primary key,
    default_cost_center text        collate "C" not null,
    suspended           boolean     not null,
    create_time         timestamptz not null
);

create table customer (
    tenant_id   text        collate "C" not null,
    customer_id text        collate "C" not null,
    create_time timestamptz not null,
    primary key (tenant_id, customer_id)
);

create table tenant_user (
    tenant_id   text        collate "C" not null,
    user_id     text        collate "C" not null,
    customer_id text        collate "C" not null,
    create_time timestamptz not null,
    primary key (tenant_id, user_id)
);

-- The operator's own: no tenant may read it.
create table cost_center (
    cost_center_id text        collate "C" primary key,
    parent_id      text        collate "C" not null,
    create_time    timestamptz not null
);

create table allocation_rule (
    tenant_id      text        collate "C" not null,
    application    text        collate "C" not null,
    effective_time timestamptz not null,
    cost_center    text        collate "C" not null,
    record_time    timestamptz not null,
    primary key (tenant_id, application, effective_time)
);

-- Names of people and firms: the only place that has them. They are no part of the event log, so
-- that they can be changed and erased. Cost centers have an empty tenant_id.
create table display_name (
    tenant_id    text collate "C" not null,
    kind         text not null check (kind in ('TENANT', 'CUSTOMER', 'USER', 'COST_CENTER')),
    id           text collate "C" not null,
    display_name text not null check (length(display_name) between 1 and 200),
    primary key (tenant_id, kind, id)
);

-- Each combination of dimensions and currency once, so that the roll-up itself holds no texts.
create table cost_key (
    key_id      integer generated always as identity primary key,
    tenant_id   text collate "C" not null,
    customer    text collate "C" not null,
    user_id     text collate "C" not null,
    cost_center text collate "C" not null,
    application text collate "C" not null,
    environment text collate "C" not null,
    use_case    text collate "C" not null,
    provider    text collate "C" not null,
    model       text collate "C" not null,
    currency    text collate "C" not null,
    unique (tenant_id, model, application, user_id, customer, cost_center, environment, use_case,
        provider, currency)
);

-- The roll-up. Wide columns first, so that rows carry no padding; room in each page for updates.
create table cost_hour (
    hour               timestamptz not null,
    calls              bigint      not null,
    unpriced_calls     bigint      not null,
    input_tokens       bigint      not null,
    cache_read_tokens  bigint      not null,
    cache_write_tokens bigint      not null,
    output_tokens      bigint      not null,
    reasoning_tokens   bigint      not null,
    key_id             integer     not null references cost_key,
    tenant_id          text        collate "C" not null,
    billed_cost        numeric     not null,
    charge             numeric     not null,
    primary key (tenant_id, hour, key_id)
) with (fillfactor = 70);
-- For questions over all tenants: rows come in about in the order of time.
create index cost_hour_by_time on cost_hour using brin (hour) with (pages_per_range = 32);

-- One row for each event of the rating log that was rolled up, written with its sums: the same event
-- cannot be rolled up twice, and directory_position says which rules of allocation it was done by.
create table allocated_batch (
    rating_position      bigint   not null,
    first_usage_position bigint   not null,
    last_usage_position  bigint   not null,
    directory_position   bigint   not null,
    calls                integer  not null,
    rating_shard         smallint not null,
    usage_shard          smallint not null,
    kind                 smallint not null check (kind in (1, 2, 3)),
    rolled_up            boolean  not null default true, -- false while the roll-up is made anew
    primary key (rating_shard, rating_position)
);
-- Where a call was rolled up first.
create index allocated_batch_of_call on allocated_batch (usage_shard, first_usage_position)
    where kind = 1;

do $$
declare
    name text;
begin
    foreach name in array array['tenant', 'customer', 'tenant_user', 'allocation_rule',
            'display_name', 'cost_key', 'cost_hour'] loop
        execute format('alter table %I enable row level security', name);
        execute format('create policy service_all on %I to meterbook_${service}'
            ' using (true) with check (true)', name);
        execute format('create policy tenant_reads on %I for select to meterbook_${service}_reader'
            ' using (tenant_id = current_setting(''meterbook.tenant'', true))', name);
        execute format('grant select on %I to meterbook_${service}_reader', name);
    end loop;
end
$$;

grant select, insert, update on tenant, allocation_rule to meterbook_${service};
grant select, insert, update, delete on cost_hour to meterbook_${service};
grant update (rolled_up) on allocated_batch to meterbook_${service};
grant select, insert on customer, tenant_user, cost_center, cost_key, allocated_batch
    to meterbook_${service};
grant select, insert, update, delete on display_name to meterbook_${service};
