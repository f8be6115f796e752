package dev.meterbook.ledger.application;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.Work;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Transactions of commands: tried again when another changed the same thing meanwhile. */
@Singleton
final class Transactions {

    private static final int ATTEMPTS = 4;

    private final Database database;

    Transactions(@Named("ledger") Database database) {
        this.database = database;
    }

    <T> T write(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(work);
            } catch (ChangedMeanwhileException changed) {
                if (attempt >= ATTEMPTS) {
                    throw changed;
                }
            }
        }
    }
}
