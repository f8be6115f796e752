package dev.meterbook.platform.jdbc;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Where a service keeps its data: {@code meterbook.services.<name>} in the configuration.
 *
 * @param name the service; also its schema, and part of its roles' names
 * @param url JDBC address of the database
 * @param password of the run-time role {@code meterbook_<name>}
 * @param ownerPassword of the role {@code meterbook_<name>_owner}, which runs migrations
 * @param poolSize connections at most, from 2
 */
@EachProperty("meterbook.services")
public record ServiceSettings(
        @Parameter String name,
        String url,
        String password,
        String ownerPassword,
        @Bindable(defaultValue = "10") int poolSize) {

    /** The run-time role. */
    public String role() {
        return "meterbook_" + name;
    }

    /** The role for reads on behalf of a tenant. */
    public String readerRole() {
        return "meterbook_" + name + "_reader";
    }

    /** The role that owns the schema. */
    public String ownerRole() {
        return "meterbook_" + name + "_owner";
    }

    @Override
    public String toString() {
        return "ServiceSettings[" + name + "]";
    }
}
