-- Postings in blocks: a row holds up to 64 postings of one tenant, column by column, in the order of their
-- calls. A row for each took 124 bytes a call and most of the ledger's time. "posting" is a view now, with
-- a row for each posting as before.
--
-- Who reads goes through posting_block, where row-level security holds a tenant's read to its own
-- rows; the service copies into the partition, which nobody may read by itself.
alter table posting rename to posting_row;

create table posting_block (
    first_usage_position bigint        not null generated always as (usage_positions[1]) stored,
    last_usage_position  bigint        not null
        generated always as (usage_positions[cardinality(usage_positions)]) stored,
    first_occur_time     timestamptz   not null,
    last_occur_time      timestamptz   not null,
    tenant_no            integer       not null,
    usage_shard          smallint      not null default 0,
    usage_positions      bigint[]      not null,
    rating_positions     bigint[]      not null,
    occur_times          timestamptz[] not null,
    routes               integer[]     not null,
    costs                numeric[]     not null,
    charges              numeric[]     not null,
    primary key (tenant_no, last_usage_position, usage_shard),
    check (cardinality(usage_positions) between 1 and 64),
    check (cardinality(rating_positions) = cardinality(usage_positions)),
    check (cardinality(occur_times) = cardinality(usage_positions)),
    check (cardinality(routes) = cardinality(usage_positions)),
    check (cardinality(costs) = cardinality(usage_positions)),
    check (cardinality(charges) = cardinality(usage_positions)),
    check (usage_positions[1] >= 1),
    check (usage_positions[cardinality(usage_positions)] - usage_positions[1] < 65536),
    check (last_occur_time >= first_occur_time)
) partition by list (usage_shard);
comment on column posting_block.usage_positions is
    'ascending; a block spans fewer than 65,536 positions, so that a call is found by the key';

-- A full block stays in the row: compressing it, or keeping it aside, costs more than it saves.
create table posting_block_shard_0 partition of posting_block for values in (0)
    with (toast_tuple_target = 8160);

insert into posting_block (first_occur_time, last_occur_time, tenant_no, usage_positions,
                           rating_positions, occur_times, routes, costs, charges)
select min(occur_time), max(occur_time), tenant_no,
       array_agg(usage_position order by usage_position),
       array_agg(rating_position order by usage_position),
       array_agg(occur_time order by usage_position),
       array_agg(route order by usage_position),
       array_agg(cost order by usage_position),
       array_agg(charge order by usage_position)
from (
    select *, (row_number() over (partition by tenant_no, usage_position / 65536
                                  order by usage_position) - 1) / 64 as part
    from posting_row) numbered
group by tenant_no, usage_position / 65536, part;
drop table posting_row;

create view posting with (security_invoker = true) as
select p.usage_position, p.rating_position, p.occur_time, b.tenant_no, p.route, p.cost, p.charge
from posting_block b,
     unnest(b.usage_positions, b.rating_positions, b.occur_times, b.routes, b.costs, b.charges)
         as p (usage_position, rating_position, occur_time, route, cost, charge);
comment on view posting is
    'a row for each metered call: two balanced transfers between the accounts of its route';

-- The key makes it impossible to add a block twice; this, to book one of its calls in another block.
-- Blocks of a tenant overlap only where a call was booked after later ones, so nearly always one
-- look into the index tells. The settings keep a plan from reading the whole table.
create function refuse_second_posting() returns trigger
    language plpgsql security definer
    set search_path = ${service}, pg_temp
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
declare
    twice record;
begin
    select a.tenant_no, a.first_usage_position, a.last_usage_position into twice
    from added a
    join posting_block_shard_0 b
        on b.tenant_no = a.tenant_no
        and b.last_usage_position between a.first_usage_position and a.last_usage_position + 65535
        and b.last_usage_position <> a.last_usage_position
        and b.first_usage_position <= a.last_usage_position
        and b.usage_positions && a.usage_positions
    limit 1;
    if found then
        raise unique_violation using message = format(
            'a call of tenant number %s at usage positions %s to %s is booked already',
            twice.tenant_no, twice.first_usage_position, twice.last_usage_position);
    end if;
    return null;
end
$$;
revoke all on function refuse_second_posting() from public;
create trigger refuse_second_posting
    after insert on posting_block_shard_0 referencing new table as added
    for each statement execute function refuse_second_posting();

alter table posting_block enable row level security;
create policy service_reads on posting_block for select to meterbook_${service} using (true);
create policy tenant_reads on posting_block for select to meterbook_${service}_reader
    using (tenant_no = (select tenant_no from tenant_number
                        where tenant_id = current_setting('meterbook.tenant', true)));
grant select on posting_block, posting to meterbook_${service}, meterbook_${service}_reader;
grant insert on posting_block_shard_0 to meterbook_${service};

-- As before, but that postings are in blocks.
create or replace function begin_replay(until bigint) returns void
    language plpgsql security definer
    set search_path = ${service}, pg_temp
    set lock_timeout = '5s'
as $$
begin
    lock table account in exclusive mode;
    truncate posting_block, posting_correction, unpriced_posting, settlement, billable;
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
