package dev.meterbook.allocation.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement with its arguments.
 *
 * @param sql the statement, with a question mark for each argument
 * @param arguments texts, numbers, moments, or lists of texts (bound as arrays)
 */
record Query(String sql, List<Object> arguments) {

    /** Reads a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static Query of(String sql, Object... arguments) {
        return new Query(sql, List.of(arguments));
    }

    <T> List<T> list(Connection transaction, RowReader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = prepare(transaction);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    int update(Connection transaction) throws SQLException {
        try (PreparedStatement update = prepare(transaction)) {
            return update.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection transaction) throws SQLException {
        PreparedStatement statement = transaction.prepareStatement(sql);
        for (int i = 0; i < arguments.size(); i++) {
            bind(statement, i + 1, arguments.get(i));
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, Object argument)
            throws SQLException {
        switch (argument) {
            case Instant moment -> statement.setObject(index, moment.atOffset(ZoneOffset.UTC));
            case List<?> texts ->
                    statement.setArray(
                            index,
                            statement.getConnection().createArrayOf("text", texts.toArray()));
            default -> statement.setObject(index, argument);
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, java.time.OffsetDateTime.class).toInstant();
    }
}
