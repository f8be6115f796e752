-- Prepaid credit of tenants, and what it paid.

alter table account drop constraint account_type_check;
alter table account add constraint account_type_check check (type between 1 and 14);

-- Credits as they stand; the truth is in the event log. What they have left together is the balance of
-- the tenant's account tenant_credit in the currency.
create table tenant_credit (
    ordinal     bigint generated always as identity unique,
    grant_time  timestamptz not null,
    expire_time timestamptz check (expire_time > grant_time),
    kind        smallint    not null check (kind between 1 and 2),
    tenant_id   text        not null,
    credit_id   text        not null,
    currency    text        not null check (currency ~ '^[A-Z]{3}$'),
    note        text        not null check (length(note) <= 200),
    amount      numeric     not null check (amount > 0),
    remaining   numeric     not null check (remaining between 0 and amount),
    primary key (tenant_id, credit_id)
) with (fillfactor = 80);
comment on column tenant_credit.kind is '1 paid for, 2 given away';
create index tenant_credit_left on tenant_credit (tenant_id, currency, expire_time, ordinal)
    where remaining > 0;

-- What credits paid of issued invoices, in the order in which they did.
create table invoice_credit (
    place      integer not null check (place >= 1),
    tenant_id  text    not null,
    invoice_id text    not null,
    credit_id  text    not null,
    amount     numeric not null check (amount > 0),
    primary key (tenant_id, invoice_id, place),
    unique (tenant_id, invoice_id, credit_id),
    foreign key (tenant_id, invoice_id) references invoice,
    foreign key (tenant_id, credit_id) references tenant_credit
);

alter table invoice
    add column credits_applied numeric not null default 0 check (credits_applied >= 0),
    add check (credits_applied = 0 or credits_applied <= total);

-- A transfer belongs to an invoice, to a credit, or to both.
alter table transfer
    alter column invoice_id drop not null,
    add column credit_id text,
    add foreign key (tenant_id, credit_id) references tenant_credit,
    drop constraint transfer_reason_check,
    add constraint transfer_reason_check check (reason in (3, 4, 5, 8, 9)),
    add check ((reason = 8) = (invoice_id is null)),
    add check ((reason in (8, 9)) = (credit_id is not null)),
    drop constraint transfer_tenant_id_invoice_id_reason_line_key,
    add unique nulls not distinct (tenant_id, invoice_id, reason, line, credit_id);

grant select, insert on tenant_credit, invoice_credit to meterbook_${service};
grant update (remaining) on tenant_credit to meterbook_${service};
grant update (credits_applied) on invoice to meterbook_${service};
grant select on tenant_credit, invoice_credit to meterbook_${service}_reader;

do $$
declare
    protected text;
begin
    foreach protected in array array['tenant_credit', 'invoice_credit']
    loop
        execute format('alter table %I enable row level security', protected);
        execute format('create policy tenant_reads on %I for select to meterbook_${service}_reader '
                       'using (tenant_id = current_setting(''meterbook.tenant'', true))', protected);
        execute format('create policy service_all on %I to meterbook_${service} '
                       'using (true) with check (true)', protected);
    end loop;
end
$$;
