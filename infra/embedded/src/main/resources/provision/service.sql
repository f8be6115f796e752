-- Run by an administrator of the database, once for each service; running it again changes nothing
-- but the passwords. ${service} is the service; passwords are set by the caller, not here.
do $$
begin
    if not exists (select from pg_roles where rolname = 'meterbook_log_reader') then
        create role meterbook_log_reader nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'meterbook_${service}_owner') then
        create role meterbook_${service}_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'meterbook_${service}') then
        create role meterbook_${service} login;
    end if;
    if not exists (select from pg_roles where rolname = 'meterbook_${service}_reader') then
        create role meterbook_${service}_reader nologin;
    end if;
end
$$;
grant meterbook_${service}_reader, meterbook_log_reader to meterbook_${service};
create schema if not exists ${service} authorization meterbook_${service}_owner;
revoke all on schema ${service} from public;
revoke create on schema public from public;
grant usage on schema ${service} to meterbook_${service}, meterbook_${service}_reader, meterbook_log_reader;
