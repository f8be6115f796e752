package dev.meterbook.budget.intake;

import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.counting.CounterKeeper;
import dev.meterbook.budget.application.counting.Settlement;
import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.consumer.DeadLetters;
import dev.meterbook.platform.consumer.OperatedConsumer;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The counting of rated calls, as an operator sees it: its output is in Redis. */
public final class RatingCount implements OperatedConsumer {

    /** Its name. */
    public static final String NAME = "budget-counters";

    private static final int RETRIES_AT_ONCE = 1_000;

    private final Database database;
    private final DeadLetters setAside;
    private final CounterKeeper keeper;
    private final Settlement settlement;
    private final EventReader reader = new EventReader("pricing");

    /** The counting of a keeper. */
    public RatingCount(
            Database database, DeadLetters setAside, CounterKeeper keeper, Settlement settlement) {
        this.database = database;
        this.setAside = setAside;
        this.keeper = keeper;
        this.settlement = settlement;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String service() {
        return "budget";
    }

    @Override
    public String log() {
        return "pricing";
    }

    @Override
    public long position() {
        try {
            return keeper.position();
        } catch (CountersUnavailableException notNow) {
            return 0;
        }
    }

    @Override
    public long head() {
        return database.read(reader::head);
    }

    @Override
    public long deadLetterCount() {
        return database.read(setAside::count);
    }

    @Override
    public List<DeadLetter> deadLetters(String tenantId, long after, int limit) {
        return database.read(transaction -> setAside.list(transaction, tenantId, after, limit));
    }

    @Override
    public int retryDeadLetters(String tenantId) {
        int taken = 0;
        for (DeadLetter letter : deadLetters(tenantId, 0, RETRIES_AT_ONCE)) {
            boolean done =
                    keeper.betweenRounds(
                            () -> database.write(transaction -> retry(transaction, letter.part())));
            taken += done ? 1 : 0;
        }
        return taken;
    }

    /** If it is counted but this does not commit, the next retry finds it counted. */
    private boolean retry(Connection transaction, StoredEvent part) throws SQLException {
        if (!setAside.hold(transaction, part)) {
            return false;
        }
        try {
            if (settlement.countPart(
                    part.position(), part.tenantId(), RatedUsage.calls(part.payload()))) {
                setAside.remove(transaction, part);
                return true;
            }
            throw new IllegalStateException("counters are being filled, try again a little later");
        } catch (CountersUnavailableException notNow) {
            throw notNow;
        } catch (RuntimeException still) {
            setAside.add(transaction, part, still);
            return false;
        }
    }

    @Override
    public Optional<String> whyNotReplayable() {
        return Optional.empty();
    }

    @Override
    public void replay() {
        keeper.replay();
    }
}
