-- Which events of the rating log correct the rating of which calls. The amounts are in the events.
create table corrected_call (
    usage_position  bigint   not null,
    rating_position bigint   not null,
    usage_shard     smallint not null,
    primary key (usage_shard, usage_position, rating_position)
);

grant select, insert on corrected_call to meterbook_pricing;
