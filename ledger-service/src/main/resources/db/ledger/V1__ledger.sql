-- The book. Journal (posting, posting_correction, transfer) and issued lines are append-only: the run-time role may add
-- rows, never change or remove them. Everything else is a sum of the journal, kept up to date in the
-- transaction that writes it. Amounts are exact.

-- Order in which transactions take locks, so that none waits for one that waits for it:
--   1. rows of account, in the order of ids. Whoever books on a tenant holds its unbilled account, so
--      that holding it keeps postings and billable rows of the tenant and currency as they are;
--   2. the row of invoice_series of the year;
--   3. the head of the service's event log.

create table account (
    debits    numeric not null default 0 check (debits >= 0),
    credits   numeric not null default 0 check (credits >= 0),
    id        integer generated always as identity primary key,
    type      smallint not null check (type between 1 and 12),
    tenant_id text     not null,
    contract  text     not null,
    currency  text     not null check (currency ~ '^[A-Z]{3}$'),
    unique (tenant_id, type, contract, currency)
) with (fillfactor = 50);
comment on column account.tenant_id is 'empty: the operator''s own account';

-- Numbers for what postings have in common, so that a posting is small: its tenant and its accounts.
create table tenant_number (
    tenant_no integer generated always as identity primary key,
    tenant_id text not null unique
);
create table posting_route (
    id            integer generated always as identity primary key,
    tenant_no     integer not null references tenant_number,
    cost_debit    integer not null references account,
    cost_credit   integer not null references account,
    charge_debit  integer not null references account,
    charge_credit integer not null references account,
    tenant_id     text    not null,
    unique (cost_debit, cost_credit, charge_debit, charge_credit)
);
comment on table posting_route is 'the two pairs of accounts that a call moves; a negative amount moves the other way';

-- One row for each metered call: two balanced transfers between the accounts of its route. The key
-- makes it impossible to book a call twice. It is two columns of fixed width, no wider, for then the
-- index fills its pages though tenants grow side by side (33 instead of 72 bytes a row were measured).
-- Tenant and route are not declared as foreign keys: two look-ups for each call would cost more than
-- the row itself.
create table posting (
    usage_position  bigint      not null check (usage_position >= 1),
    rating_position bigint      not null check (rating_position >= 1),
    occur_time      timestamptz not null,
    tenant_no       integer     not null,
    route           integer     not null,
    cost            numeric     not null,
    charge          numeric     not null,
    primary key (tenant_no, usage_position)
);
create index posting_by_time on posting using brin (occur_time);

-- One row for each correction of a call's price: the difference to what was booked before.
create table posting_correction (
    usage_position  bigint      not null check (usage_position >= 1),
    rating_position bigint      not null check (rating_position >= 1),
    occur_time      timestamptz not null,
    tenant_no       integer     not null,
    route           integer     not null,
    cost            numeric     not null,
    charge          numeric     not null,
    primary key (tenant_no, usage_position, rating_position)
);

-- Metered calls that wait for a price. A call is here or has a first posting, never both.
create table unpriced_posting (
    usage_position  bigint      not null check (usage_position >= 1),
    rating_position bigint      not null check (rating_position >= 1),
    occur_time      timestamptz not null,
    reason          smallint    not null,
    tenant_id       text        not null,
    primary key (tenant_id, usage_position)
);

-- How far the rating log is booked, and the counts that go with it.
create table posting_progress (
    shard           smallint primary key,
    rating_position bigint not null default 0,
    booked_calls    bigint not null default 0,
    unpriced_calls  bigint not null default 0 check (unpriced_calls >= 0)
) with (fillfactor = 10);
insert into posting_progress (shard) values (0);

-- Charges not yet invoiced: what the next invoice lines will say.
create table billable (
    calls         bigint  not null,
    input_tokens  bigint  not null,
    output_tokens bigint  not null,
    charge        numeric not null,
    service_month date    not null check (extract(day from service_month) = 1),
    tenant_id     text    not null,
    currency      text    not null,
    provider      text    not null,
    model         text    not null,
    application   text    not null,
    primary key (tenant_id, currency, service_month, provider, model, application)
) with (fillfactor = 60);

-- Invoices as they stand; the truth is in the event log.
create table invoice (
    ordinal         bigint generated always as identity unique,
    create_time     timestamptz not null,
    issue_time      timestamptz,
    pay_time        timestamptz,
    rating_position bigint,
    series_count    bigint,
    series_year     integer,
    period          date        not null check (extract(day from period) = 1),
    state           smallint    not null check (state between 1 and 3),
    tenant_id       text        not null,
    invoice_id      text        not null,
    currency        text        not null,
    total           numeric,
    exact_total     numeric,
    primary key (tenant_id, invoice_id),
    unique (series_year, series_count),
    check ((state = 1) = (series_count is null)),
    check (num_nulls(issue_time, rating_position, series_count, series_year, total, exact_total) in (0, 6)),
    check ((state = 3) = (pay_time is not null))
);

-- Lines of issued invoices.
create table invoice_line (
    calls         bigint  not null,
    input_tokens  bigint  not null,
    output_tokens bigint  not null,
    line          integer not null check (line >= 1),
    service_month date    not null,
    tenant_id     text    not null,
    invoice_id    text    not null,
    provider      text    not null,
    model         text    not null,
    application   text    not null,
    exact_amount  numeric not null,
    amount        numeric not null,
    primary key (tenant_id, invoice_id, line),
    foreign key (tenant_id, invoice_id) references invoice
);

-- The last number given away in each year. Its row is held until the invoice is stored, so that a
-- number is neither given twice nor lost.
create table invoice_series (
    year       integer primary key,
    last_count bigint not null check (last_count >= 0)
) with (fillfactor = 50);

-- Every transfer that does not belong to a metered call.
create table transfer (
    id             bigint generated always as identity primary key,
    record_time    timestamptz not null,
    debit_account  integer     not null references account,
    credit_account integer     not null references account,
    line           integer     not null,
    reason         smallint    not null check (reason between 3 and 5),
    tenant_id      text        not null,
    invoice_id     text        not null,
    amount         numeric     not null check (amount > 0),
    unique (tenant_id, invoice_id, reason, line),
    foreign key (tenant_id, invoice_id) references invoice,
    check (debit_account <> credit_account)
);
create index transfer_of_tenant on transfer (tenant_id, id);

grant select, insert on tenant_number, posting_route, posting, posting_correction, transfer, invoice_line to meterbook_${service};
grant select, insert on account to meterbook_${service};
grant update (debits, credits) on account to meterbook_${service};
grant select, insert, delete on unpriced_posting to meterbook_${service};
grant select, update on posting_progress to meterbook_${service};
grant select, insert, update, delete on billable to meterbook_${service};
grant select, insert on invoice to meterbook_${service};
grant update (state, issue_time, pay_time, rating_position, series_year, series_count, total, exact_total)
    on invoice to meterbook_${service};
grant select, insert, update on invoice_series to meterbook_${service};
grant select on account, tenant_number, posting_route, posting, posting_correction, unpriced_posting, posting_progress, billable, invoice, invoice_line, transfer
    to meterbook_${service}_reader;

-- A tenant sees its own rows only, whatever a query says.
do $$
declare
    protected text;
begin
    foreach protected in array array['account', 'tenant_number', 'posting_route', 'unpriced_posting',
                                     'billable', 'invoice', 'invoice_line', 'transfer']
    loop
        execute format('alter table %I enable row level security', protected);
        execute format('create policy tenant_reads on %I for select to meterbook_${service}_reader '
                       'using (tenant_id = current_setting(''meterbook.tenant'', true))', protected);
        execute format('create policy service_all on %I to meterbook_${service} '
                       'using (true) with check (true)', protected);
    end loop;
    foreach protected in array array['posting', 'posting_correction']
    loop
        execute format('alter table %I enable row level security', protected);
        execute format('create policy tenant_reads on %I for select to meterbook_${service}_reader '
                       'using (tenant_no = (select tenant_no from tenant_number '
                       'where tenant_id = current_setting(''meterbook.tenant'', true)))', protected);
        execute format('create policy service_all on %I to meterbook_${service} '
                       'using (true) with check (true)', protected);
    end loop;
end
$$;
