package dev.meterbook.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.ledger.intake.RatedUsageConsumer;
import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of an event that cannot be booked, only the tenant at fault is set aside. */
class SetAsideTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private void rateAndPass(RatedEvent event) {
        long position = ledger.rate(event);
        await().until(() -> ledger.consumer().position() >= position);
    }

    private List<String> setAside() {
        return ledger.consumer().deadLetters("-", 0, 100).stream()
                .map(DeadLetter::part)
                .map(part -> part.position() + " " + part.tenantId())
                .toList();
    }

    private void handOver(StoredEvent event) {
        Database database = ledger.context().getBean(Database.class, Qualifiers.byName("ledger"));
        RatedUsageConsumer consumer = ledger.context().getBean(RatedUsageConsumer.class);
        database.write(
                transaction -> {
                    consumer.handle(transaction, List.of(event));
                    return event;
                });
    }

    private StoredEvent event(long position) {
        Database database = ledger.context().getBean(Database.class, Qualifiers.byName("ledger"));
        return database.read(tx -> new EventReader("pricing").read(tx, position - 1, 1)).getFirst();
    }

    private static void assertRefusedAsDouble(Runnable handOver) {
        assertThatThrownBy(handOver::run)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("23505"));
    }

    @Test
    void the_other_tenants_of_an_event_are_booked() {
        rateAndPass(
                RatedEvent.initial()
                        .priced("acme", 1, "1", "1.2")
                        .priced("globex", 2, "much", "1.8")
                        .priced("initech", 3, "2", "2.4")
                        .priced("globex", 4, "1", "1.2"));
        rateAndPass(RatedEvent.initial().priced("globex", 5, "10", "12"));

        assertThat(setAside()).containsExactly("1 globex");
        DeadLetter letter = ledger.consumer().deadLetters("globex", 0, 100).getFirst();
        assertThat(letter.reason()).contains("amount: much (expected: decimal number)");
        assertThat(new String(letter.part().payload(), UTF_8)).doesNotContain("acme", "initech");
        assertThat(ledger.consumer().deadLetters("acme", 0, 100)).isEmpty();
        assertThat(ledger.balances())
                .containsEntry("acme/usage_cost.USD", "1")
                .containsEntry("initech/usage_cost.USD", "2")
                .containsEntry("globex/usage_cost.USD", "10");
        ledger.assertBooksAreTrue();
        assertThat(ledger.consumer().retryDeadLetters("-")).isZero();
        assertThat(setAside()).containsExactly("1 globex");
    }

    @Test
    void a_retry_comes_to_what_would_be_without_the_failure() {
        rateAndPass(RatedEvent.initial().unpriced("acme", 1));
        // The late price of globex' call comes before the call itself.
        rateAndPass(
                RatedEvent.late().priced("acme", 1, "1", "1.2").priced("globex", 2, "2", "2.4"));
        rateAndPass(RatedEvent.correction().priced("globex", 2, "-0.5", "-0.6"));
        assertThat(setAside()).containsExactly("2 globex");
        assertThat(ledger.consumer().retryDeadLetters("globex")).isZero();

        rateAndPass(RatedEvent.initial().unpriced("globex", 2).priced("acme", 3, "4", "4.8"));
        assertThat(ledger.consumer().retryDeadLetters("acme")).isZero();
        assertThat(ledger.consumer().retryDeadLetters("globex")).isEqualTo(1);

        assertThat(setAside()).isEmpty();
        assertThat(ledger.balances())
                .containsEntry("acme/usage_cost.USD", "5")
                .containsEntry("acme/unbilled_receivable.USD", "6")
                .containsEntry("globex/usage_cost.USD", "1.5")
                .containsEntry("globex/unbilled_receivable.USD", "1.8");
        assertThat(ledger.text("select rating_position from posting_progress")).isEqualTo("4");
        assertThat(ledger.text("select count(*) from unpriced_posting")).isEqualTo("0");
        ledger.assertBooksAreTrue();
    }

    @Test
    void whole_and_parts_are_booked_once_in_any_order() {
        rateAndPass(RatedEvent.initial().unpriced("acme", 1).unpriced("globex", 2));
        rateAndPass(
                RatedEvent.late().priced("acme", 1, "1", "1.2").priced("initech", 9, "2", "2.4"));
        assertThat(setAside()).containsExactly("2 initech");
        RatedUsageConsumer consumer = ledger.context().getBean(RatedUsageConsumer.class);
        StoredEvent late = event(2);
        StoredEvent unpriced = event(1);

        assertRefusedAsDouble(() -> handOver(consumer.parts(late).getFirst()));
        assertRefusedAsDouble(() -> handOver(late));
        assertRefusedAsDouble(() -> handOver(consumer.parts(unpriced).getLast()));
        assertThatThrownBy(() -> handOver(consumer.parts(unpriced).getFirst()))
                .hasMessageContaining("calls not yet booked without a price: 0 (expected: 1)");

        assertThat(ledger.balances()).containsEntry("acme/usage_cost.USD", "1");
        assertThat(ledger.text("select count(*) from posting")).isEqualTo("1");
        ledger.assertBooksAreTrue();
    }

    @Test
    void an_event_that_cannot_be_read_is_set_aside_as_a_whole() {
        rateAndPass(RatedEvent.initial().priced("acme", 1, "1", "1.2").unpriced("", 2));
        rateAndPass(RatedEvent.initial().priced("acme", 3, "1", "1.2"));

        assertThat(ledger.text("select count(*) from posting")).isEqualTo("2");
        ledger.assertBooksAreTrue();
    }
}
