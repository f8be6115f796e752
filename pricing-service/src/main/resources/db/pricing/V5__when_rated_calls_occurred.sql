-- When the calls of a first rating occurred: whoever rates a span of time anew passes over the others.
-- Null in ranges from before; those are always looked at.
alter table rated_range
    add column first_occur_micros bigint,
    add column last_occur_micros  bigint,
    add check (first_occur_micros <= last_occur_micros);
