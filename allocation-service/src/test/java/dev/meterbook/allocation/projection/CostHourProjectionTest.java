package dev.meterbook.allocation.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.allocation.domain.CallDimensions;
import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.allocation.domain.RollUp.Cell;
import dev.meterbook.allocation.domain.Tokens;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CostHourProjectionTest {

    private static RunningAllocation running;

    private final CostHourProjection costs = new CostHourProjection();

    @BeforeAll
    static void start() throws SQLException {
        running = RunningAllocation.fresh();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Map<Cell, CostSums> cell(String tenant, CostSums sums) {
        CallDimensions dimensions =
                new CallDimensions(tenant, "", "", "unallocated", "chat", "", "", "openai", "gpt");
        return Map.of(new Cell(Instant.parse("2026-03-01T10:00:00Z"), dimensions, "USD"), sums);
    }

    private void add(Map<Cell, CostSums> cells) {
        var _ =
                running.database()
                        .write(
                                transaction -> {
                                    costs.add(transaction, cells);
                                    return true;
                                });
    }

    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void recovers_from_a_key_whose_transaction_was_rolled_back() throws SQLException {
        Map<Cell, CostSums> cells = cell("rolled-back", CostSums.ofUnpricedCall(Tokens.NONE));
        var cancelled =
                catchThrowableOfType(
                        Cancelled.class,
                        () ->
                                running.database()
                                        .write(
                                                transaction -> {
                                                    costs.add(transaction, cells);
                                                    throw new Cancelled();
                                                }));
        assertThat(cancelled).isNotNull();

        DatabaseException refused = catchThrowableOfType(DatabaseException.class, () -> add(cells));
        assertThat(refused.sqlState()).isEqualTo("23503");
        add(cells);

        assertThat(
                        running.number(
                                "select calls from allocation.cost_hour"
                                        + " where tenant_id = 'rolled-back'"))
                .isEqualTo(1);
    }

    @Test
    void sums_of_nothing_leave_no_row() throws SQLException {
        add(cell("nothing", CostSums.NONE));

        assertThat(
                        running.number(
                                "select count(*) from allocation.cost_hour"
                                        + " where tenant_id = 'nothing'"))
                .isZero();
    }

    @Test
    void keeps_amounts_exact_however_long_their_digits() throws SQLException {
        BigDecimal tiny = new BigDecimal("0.0000000000000000000000000000000000000001");
        BigDecimal huge = new BigDecimal("9999999999999999999999999999999999999999");
        add(cell("exact", CostSums.NONE.withAmounts(tiny, huge)));
        add(cell("exact", CostSums.NONE.withAmounts(tiny, BigDecimal.ONE)));

        assertThat(
                        running.number(
                                "select count(*) from allocation.cost_hour"
                                        + " where tenant_id = 'exact' and billed_cost = 2e-40"
                                        + " and charge = 1e40"))
                .isEqualTo(1);
    }
}
