#!/bin/sh
# Runs once in the database container, on an empty data folder: schema and roles of each service.
set -eu

for service in metering pricing ledger allocation budget gateway; do
    upper=$(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')
    eval "password=\$METERBOOK_${upper}_PASSWORD owner_password=\$METERBOOK_${upper}_OWNER_PASSWORD"
    sed "s/\${service}/$service/g" /provision/service.sql |
        psql -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB"
    psql -q -v ON_ERROR_STOP=1 -v "password=$password" -v "owner_password=$owner_password" \
        -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<SQL
alter role meterbook_$service password :'password';
alter role meterbook_${service}_owner password :'owner_password';
SQL
done
