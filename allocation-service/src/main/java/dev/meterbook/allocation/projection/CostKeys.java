package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.domain.CallDimensions;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The number of each combination of dimensions and currency. Numbers are given once and never
 * again, even if the transaction that gave one is rolled back; {@link #forget()} then makes this
 * cache look again. Used by one thread at a time.
 */
final class CostKeys {

    /** Combinations kept in memory; the ones not used for longest go. */
    static final int MAX_CACHED = 200_000;

    private static final String COLUMNS =
            "tenant_id, customer, user_id, cost_center, application, environment, use_case,"
                    + " provider, model, currency";

    private static final String WANTED =
            "unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
                    + " ?::text[], ?::text[], ?::text[]) with ordinality as wanted ("
                    + COLUMNS
                    + ", number)";

    private static final String FIND =
            "select wanted.number, k.key_id from "
                    + WANTED
                    + " join cost_key k using ("
                    + COLUMNS
                    + ")";

    private static final String ADD =
            "insert into cost_key ("
                    + COLUMNS
                    + ") select "
                    + COLUMNS
                    + " from "
                    + WANTED
                    + " order by number on conflict do nothing";

    private static final List<Function<Combination, String>> VALUES =
            List.of(
                    key -> key.dimensions.tenant(),
                    key -> key.dimensions.customer(),
                    key -> key.dimensions.user(),
                    key -> key.dimensions.costCenter(),
                    key -> key.dimensions.application(),
                    key -> key.dimensions.environment(),
                    key -> key.dimensions.useCase(),
                    key -> key.dimensions.provider(),
                    key -> key.dimensions.model(),
                    key -> key.currency);

    /** Transactions that add the same combinations at once do so in the same order. */
    private static final Comparator<Combination> ORDER =
            VALUES.stream()
                    .map(value -> Comparator.comparing(value))
                    .reduce(Comparator::thenComparing)
                    .orElseThrow();

    /** A combination. */
    record Combination(CallDimensions dimensions, String currency) {}

    private final Map<Combination, Integer> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, String> texts = new HashMap<>();

    /** The number of each combination, in their order; those without one get one. */
    int[] numbersOf(Connection transaction, List<Combination> wanted) throws SQLException {
        int[] numbers = new int[wanted.size()];
        Set<Combination> unknown = new LinkedHashSet<>();
        for (int i = 0; i < numbers.length; i++) {
            Integer number = known.get(wanted.get(i));
            if (number == null) {
                unknown.add(wanted.get(i));
            } else {
                numbers[i] = number;
            }
        }
        if (!unknown.isEmpty()) {
            Map<Combination, Integer> found = look(transaction, List.copyOf(unknown));
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = found.getOrDefault(wanted.get(i), numbers[i]);
            }
        }
        return numbers;
    }

    /** Empties the cache. */
    void forget() {
        known.clear();
        texts.clear();
    }

    private Map<Combination, Integer> look(Connection transaction, List<Combination> unknown)
            throws SQLException {
        Map<Combination, Integer> numbers = new HashMap<>();
        find(transaction, unknown, numbers);
        List<Combination> missing =
                unknown.stream().filter(key -> !numbers.containsKey(key)).sorted(ORDER).toList();
        if (!missing.isEmpty()) {
            try (PreparedStatement add = prepare(transaction, ADD, missing)) {
                add.executeUpdate();
            }
            find(transaction, missing, numbers);
        }
        return numbers;
    }

    private void find(
            Connection transaction, List<Combination> keys, Map<Combination, Integer> numbers)
            throws SQLException {
        try (PreparedStatement find = prepare(transaction, FIND, keys);
                ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                Combination key = keys.get(rows.getInt(1) - 1);
                numbers.put(key, rows.getInt(2));
                remember(key, rows.getInt(2));
            }
        }
    }

    private void remember(Combination key, int number) {
        if (texts.size() > MAX_CACHED) {
            texts.clear();
        }
        known.put(shared(key), number);
        Iterator<Combination> eldest = known.keySet().iterator();
        while (known.size() > MAX_CACHED && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }

    /** The combination with texts that other combinations hold too: saves most of the memory. */
    private Combination shared(Combination key) {
        CallDimensions it = key.dimensions;
        return new Combination(
                new CallDimensions(
                        shared(it.tenant()),
                        shared(it.customer()),
                        shared(it.user()),
                        shared(it.costCenter()),
                        shared(it.application()),
                        shared(it.environment()),
                        shared(it.useCase()),
                        shared(it.provider()),
                        shared(it.model())),
                shared(key.currency));
    }

    private String shared(String text) {
        return texts.computeIfAbsent(text, Function.identity());
    }

    private static PreparedStatement prepare(
            Connection transaction, String sql, List<Combination> keys) throws SQLException {
        PreparedStatement statement = transaction.prepareStatement(sql);
        SqlArrays columns = new SqlArrays(statement);
        for (Function<Combination, String> value : VALUES) {
            columns.texts(keys.stream().map(value).toArray(String[]::new));
        }
        return statement;
    }
}
