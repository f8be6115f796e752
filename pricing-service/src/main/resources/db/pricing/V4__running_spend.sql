-- Rules on running quantities can be a tenant's plan's as well.
alter table running_quantity rename column contract to owner;

-- What the calls of a period came to, for minimum, maximum and commitment: before caps and overage, and
-- what they owe. What a rating decided is in the rating itself; this says where the next one goes on.
create table running_spend (
    period_start_micros bigint  not null,
    gross               numeric not null,
    owed                numeric not null,
    owner               text    not null,
    term                text    not null,
    currency            text    not null,
    primary key (owner, term, currency, period_start_micros)
);
create index running_spend_of_period on running_spend (period_start_micros);

-- What was settled for a period beside its calls. Each settlement is an event; this is their sum.
create table settled_period (
    period_start_micros bigint  not null,
    first_micros        bigint  not null,
    until_micros        bigint  not null,
    amount              numeric not null,
    owner               text    not null,
    term                text    not null,
    currency            text    not null,
    kind                text    not null check (kind in ('MONTH', 'YEAR', 'CONTRACT')),
    version             text    not null,
    reason              text    not null check (reason in ('MINIMUM', 'COMMITMENT_SHORTFALL')),
    primary key (owner, term, currency, period_start_micros)
);
create index settled_period_of_period on settled_period (period_start_micros);

grant select, insert, update on running_spend to meterbook_pricing;
grant select, insert, update on settled_period to meterbook_pricing;
