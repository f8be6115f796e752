-- Who may use Meterbook. A key's secret is nowhere: the event log has its hash, this table does not
-- even have that.

create table api_key (
    key_id      text        primary key check (key_id ~ '^[a-z0-9]{1,32}$'),
    tenant_id   text        not null,
    scopes      text[]      not null check (cardinality(scopes) between 1 and 3),
    create_time timestamptz not null,
    expire_time timestamptz,
    revoke_time timestamptz
);
create index api_key_newest on api_key (create_time desc, key_id);
create index api_key_of_tenant on api_key (tenant_id, create_time desc, key_id);

-- Sign-ins of the portal. Names of people are no facts of the book, so they are not in the event log
-- and can be deleted for good.
create table portal_user (
    login         text        primary key check (login ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
    tenant_id     text        not null,
    role          text        not null check (role in ('TENANT_VIEWER', 'OPERATOR_VIEWER', 'OPERATOR_ADMIN')),
    password_hash text        not null,
    create_time   timestamptz not null,
    check ((role = 'TENANT_VIEWER') = (tenant_id <> ''))
);
create index portal_user_of_tenant on portal_user (tenant_id, login);

alter table api_key enable row level security;
create policy tenant_reads on api_key for select to meterbook_gateway_reader
    using (tenant_id = current_setting('meterbook.tenant', true));
create policy service_all on api_key to meterbook_gateway using (true) with check (true);

alter table portal_user enable row level security;
create policy tenant_reads on portal_user for select to meterbook_gateway_reader
    using (tenant_id = current_setting('meterbook.tenant', true));
create policy service_all on portal_user to meterbook_gateway using (true) with check (true);

grant select, insert, update (revoke_time) on api_key to meterbook_gateway;
grant select on api_key to meterbook_gateway_reader;
grant select, insert, delete on portal_user to meterbook_gateway;
grant select (login, tenant_id, role, create_time) on portal_user to meterbook_gateway_reader;
