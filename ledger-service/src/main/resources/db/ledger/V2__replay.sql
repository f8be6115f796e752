-- Postings, balances and sums to invoice are made of the rating log, and can be made anew from it.

-- No invoice is issued while a replay has not come to here.
alter table posting_progress add column replay_until bigint;
comment on column posting_progress.replay_until is
    'where the rating log ended when the replay that is under way was begun; null while none is';

-- Empties what was made of the rating log, and nothing else. What the ledger itself decided stays:
-- its event log, invoices and their lines and numbers, transfers; accounts and numbers stay as rows.
-- Balances go back to what transfers make of them, and sums to invoice to what invoices have taken
-- out of them, below zero: when all of the rating log is booked again, everything is as it was.
--
-- The run-time role may not delete a posting. It may call this function, which runs with the rights
-- of the owner and leaves no choice of what goes.
create function begin_replay(until bigint) returns void
    language plpgsql security definer
    set search_path = ${service}, pg_temp
    set lock_timeout = '5s'
as $$
begin
    lock table account in exclusive mode;
    truncate posting, posting_correction, unpriced_posting, billable;
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
    insert into billable (tenant_id, currency, service_month, provider, model, application,
                          calls, input_tokens, output_tokens, charge)
    select i.tenant_id, i.currency, l.service_month, l.provider, l.model, l.application,
           -sum(l.calls), -sum(l.input_tokens), -sum(l.output_tokens), -sum(l.exact_amount)
    from invoice_line l join invoice i using (tenant_id, invoice_id)
    group by i.tenant_id, i.currency, l.service_month, l.provider, l.model, l.application;
    update posting_progress
    set rating_position = 0, booked_calls = 0, unpriced_calls = 0, replay_until = nullif(until, 0)
    where shard = 0;
end
$$;
revoke all on function begin_replay(bigint) from public;
grant execute on function begin_replay(bigint) to meterbook_${service};
