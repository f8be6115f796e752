-- How much of a contract's rule was used in a period. What a rating decided is in the rating itself;
-- this says only where the next one goes on.
create table running_quantity (
    period_start_micros bigint not null,
    quantity            bigint not null check (quantity >= 0),
    contract            text   not null,
    rule                text   not null,
    primary key (contract, rule, period_start_micros)
);

grant select, insert, update on running_quantity to meterbook_pricing;
