-- What contracts and plans owe for periods beside their calls: minimums and commitments not come to.

alter table account drop constraint account_type_check;
alter table account add constraint account_type_check check (type between 1 and 13);

-- Journal: one row for each settlement in the rating log, whose position is the key.
create table settlement (
    rating_position bigint      primary key check (rating_position >= 1),
    record_time     timestamptz not null,
    period_start    timestamptz not null,
    period_end      timestamptz not null check (period_end > period_start),
    debit_account   integer     not null references account,
    credit_account  integer     not null references account,
    kind            smallint    not null check (kind between 1 and 2),
    tenant_id       text        not null,
    contract        text        not null,
    term            text        not null check (term <> ''),
    version         text        not null,
    amount          numeric     not null check (amount > 0),
    check ((tenant_id = '') <> (contract = '')),
    check (debit_account <> credit_account)
);
create index settlement_of_owner on settlement (tenant_id, record_time, rating_position);
comment on column settlement.tenant_id is 'empty: of a contract, on the operator''s accounts';
comment on column settlement.kind is '1 minimum, 2 commitment not come to';

-- Transfers and settlements are listed together, by time.
create index transfer_of_tenant_by_time on transfer (tenant_id, record_time, id);
drop index transfer_of_tenant;

-- A term of a plan is a sum to invoice and an invoice line of its own, without calls.
alter table billable
    add column kind smallint not null default 0 check (kind between 0 and 2),
    add column term text     not null default '',
    add check ((kind = 0) = (term = '')),
    drop constraint billable_pkey,
    add primary key (tenant_id, currency, service_month, kind, provider, model, application, term);
alter table invoice_line
    add column kind smallint not null default 0 check (kind between 0 and 2),
    add column term text     not null default '',
    add check ((kind = 0) = (term = ''));
comment on column billable.kind is '0 calls, 1 minimum, 2 commitment not come to';
comment on column invoice_line.kind is '0 calls, 1 minimum, 2 commitment not come to';

grant select, insert on settlement to meterbook_${service};
grant select on settlement to meterbook_${service}_reader;
alter table settlement enable row level security;
create policy tenant_reads on settlement for select to meterbook_${service}_reader
    using (tenant_id = current_setting('meterbook.tenant', true));
create policy service_all on settlement to meterbook_${service} using (true) with check (true);

-- As before, with settlements, which are made of the rating log too.
create or replace function begin_replay(until bigint) returns void
    language plpgsql security definer
    set search_path = ${service}, pg_temp
    set lock_timeout = '5s'
as $$
begin
    lock table account in exclusive mode;
    truncate posting, posting_correction, unpriced_posting, settlement, billable;
    update account a
    set debits = moved.debits, credits = moved.credits
    from (
        select b.id, coalesce(sum(side.debit), 0) as debits, coalesce(sum(side.credit), 0) as credits
        from account b
        left join (
            select debit_account as account, amount as debit, 0 as credit from transfer
            union all
            select credit_account, 0, amount from transfer) side on side.account = b.id
        group by b.id) moved
    where moved.id = a.id and (a.debits, a.credits) is distinct from (moved.debits, moved.credits);
    insert into billable (tenant_id, currency, service_month, kind, provider, model, application,
                          term, calls, input_tokens, output_tokens, charge)
    select i.tenant_id, i.currency, l.service_month, l.kind, l.provider, l.model, l.application,
           l.term, -sum(l.calls), -sum(l.input_tokens), -sum(l.output_tokens), -sum(l.exact_amount)
    from invoice_line l join invoice i using (tenant_id, invoice_id)
    group by i.tenant_id, i.currency, l.service_month, l.kind, l.provider, l.model, l.application,
             l.term;
    update posting_progress
    set rating_position = 0, booked_calls = 0, unpriced_calls = 0, replay_until = nullif(until, 0)
    where shard = 0;
end
$$;
