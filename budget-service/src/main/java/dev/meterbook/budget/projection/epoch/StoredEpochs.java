package dev.meterbook.budget.projection.epoch;

import dev.meterbook.budget.application.counting.Epoch;
import dev.meterbook.budget.application.counting.Epochs;
import dev.meterbook.platform.jdbc.Database;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** The epoch in one row; who locks the row may begin the next one. */
@Singleton
final class StoredEpochs implements Epochs {

    private final Database database;

    StoredEpochs(@Named("budget") Database database) {
        this.database = database;
    }

    @Override
    public Epoch current() {
        return database.look(connection -> select(connection, "").orElseThrow());
    }

    @Override
    public boolean begin(String mark, Consumer<Epoch> preparation) {
        return database.write(
                transaction -> {
                    Optional<Epoch> present = select(transaction, "for update skip locked");
                    if (present.isEmpty()) {
                        return false;
                    }
                    Epoch next = new Epoch(present.get().number() + 1, mark);
                    preparation.accept(next);
                    update(transaction, next);
                    return true;
                });
    }

    private static Optional<Epoch> select(Connection transaction, String locking)
            throws SQLException {
        String sql = "select number, mark from counter_epoch " + locking;
        try (PreparedStatement select = transaction.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Epoch(row.getLong(1), row.getString(2)))
                    : Optional.empty();
        }
    }

    private static void update(Connection transaction, Epoch epoch) throws SQLException {
        String sql = "update counter_epoch set number = ?, mark = ?";
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setLong(1, epoch.number());
            update.setString(2, epoch.mark());
            update.executeUpdate();
        }
    }
}
