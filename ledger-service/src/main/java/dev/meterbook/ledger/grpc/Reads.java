package dev.meterbook.ledger.grpc;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.Work;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Reads as the caller may: a tenant's credential reads behind row-level security. */
@Singleton
final class Reads {

    private final Database database;

    Reads(@Named("ledger") Database database) {
        this.database = database;
    }

    /** Reads what is a tenant's. */
    <T> T ofTenant(String tenant, Work<T> work) {
        Caller caller = Caller.current().require(Scope.READ);
        String allowed = caller.tenantFor(tenant);
        return caller.isOperator() ? database.read(work) : database.readAsTenant(allowed, work);
    }

    /** Reads back what a command, which was allowed, has done. */
    <T> T ofCommand(Work<T> work) {
        return database.read(work);
    }

    /** Reads over all tenants, or the operator's own. */
    <T> T ofOperator(Work<T> work) {
        Caller.current().requireOperator(Scope.READ);
        return database.read(work);
    }
}
