-- Empties the index, for a replay by command; nobody at run time may delete from it otherwise.
create function begin_call_index_anew() returns void
    language plpgsql security definer
    set search_path = ${service}, pg_temp
    set lock_timeout = '5s'
as $$
begin
    update call_index_head set next_block = 0;
    truncate call_index;
end
$$;
revoke all on function begin_call_index_anew() from public;
grant execute on function begin_call_index_anew() to meterbook_${service};
