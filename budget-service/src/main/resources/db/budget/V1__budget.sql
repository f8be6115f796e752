-- Read models of the budget service. A budget of the operator has tenant_id '-', which no tenant has.

-- What each budget is now; written in the transaction of its event.
create table budget (
    tenant_id        text        not null,
    budget_id        text        not null,
    status           text        not null check (status in ('ACTIVE', 'ARCHIVED')),
    scope_dimensions smallint[]  not null,
    scope_values     text[]      not null,
    window_kind      text        not null,
    window_zone      text,                    -- of calendar windows
    window_seconds   bigint,                  -- length of a rolling, start of a total window
    limit_value      numeric     not null check (limit_value >= 0),
    limit_currency   text,                    -- null: tokens
    thresholds       integer[]   not null,
    policy           text        not null,
    downgrade_model  text,
    create_time      timestamptz not null,
    update_time      timestamptz not null,
    primary key (tenant_id, budget_id)
);

-- Thresholds reached; written in the transaction of the event. The key makes each alert the only one.
create table alert (
    number        bigint      generated always as identity,
    tenant_id     text        not null,
    budget_id     text        not null,
    window_start  timestamptz not null,
    percent       integer     not null,
    spent_value   numeric     not null,
    limit_value   numeric     not null,
    currency      text,                       -- null: tokens
    create_time   timestamptz not null,
    primary key (tenant_id, budget_id, window_start, percent)
);
create unique index alert_newest_first on alert (tenant_id, number desc);

-- Holds as they were granted, to be put back when the counters are lost. A row is not touched when its
-- call is settled: the rating log says so.
create table hold (
    tenant_id      text        not null,
    hold_id        text        not null,
    fingerprint    text        not null,
    answer         text        not null,
    parts          text        not null,
    expire_time    timestamptz not null,
    live_millis    bigint      not null,
    awaits_price   boolean     not null default false,
    released       boolean     not null default false,
    primary key (tenant_id, hold_id)
);
create index hold_by_end on hold (expire_time);
create index hold_without_end on hold (tenant_id) where awaits_price and not released;

-- Which life of the counters is the present one; one row.
create table counter_epoch (
    one    boolean primary key default true check (one),
    number bigint  not null,
    mark   text    not null
);
insert into counter_epoch (number, mark) values (0, '');

alter table budget enable row level security;
create policy service_all on budget to meterbook_budget using (true) with check (true);
create policy tenant_reads on budget for select to meterbook_budget_reader
    using (tenant_id = current_setting('meterbook.tenant', true));

alter table alert enable row level security;
create policy service_all on alert to meterbook_budget using (true) with check (true);
create policy tenant_reads on alert for select to meterbook_budget_reader
    using (tenant_id = current_setting('meterbook.tenant', true));

alter table hold enable row level security;
create policy service_all on hold to meterbook_budget using (true) with check (true);
create policy tenant_reads on hold for select to meterbook_budget_reader
    using (tenant_id = current_setting('meterbook.tenant', true));

grant select, insert, update on budget to meterbook_budget;
grant select, insert on alert to meterbook_budget;
grant select, insert, update, delete on hold to meterbook_budget;
grant select, update on counter_epoch to meterbook_budget;
grant select on budget, alert, hold to meterbook_budget_reader;
