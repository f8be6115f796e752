package dev.meterbook.allinone;

import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Stores;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prepares an external database. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description =
                "Makes schema and roles of each service in the database that METERBOOK_POSTGRES_URL"
                        + " names, as METERBOOK_POSTGRES_ADMIN_USER with"
                        + " METERBOOK_POSTGRES_ADMIN_PASSWORD. Doing it again changes nothing but the"
                        + " passwords.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProvisionCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        Stores.provisionExternal(Secrets.of(folder, System.getenv()), System.getenv());
        System.out.printf(
                "schemas and roles are ready; the roles' passwords are in %s%n", folder.secrets());
        return 0;
    }
}
