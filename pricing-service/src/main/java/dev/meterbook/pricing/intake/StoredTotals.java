package dev.meterbook.pricing.intake;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.domain.RunningQuantities;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.VolumeKey;
import dev.meterbook.pricing.projection.spend.Spend;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Set;

/** What was counted up to now, for who only asks. */
@Singleton
public final class StoredTotals implements RunningQuantities {

    private final Database database;
    private final RunningProjections running;

    StoredTotals(@Named("pricing") Database database, RunningProjections running) {
        this.database = database;
        this.running = running;
    }

    @Override
    public long before(VolumeKey key) {
        return database.read(
                connection ->
                        running.volumes()
                                .quantities(connection, Set.of(key))
                                .getOrDefault(key, 0L));
    }

    @Override
    public BigDecimal spendBefore(SpendKey key) {
        return database.read(
                connection ->
                        running.spends()
                                .spends(connection, Set.of(key))
                                .getOrDefault(key, Spend.NONE)
                                .gross());
    }
}
