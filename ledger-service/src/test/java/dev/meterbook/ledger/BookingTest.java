package dev.meterbook.ledger;

import static dev.meterbook.ledger.LedgerProcess.ACME;
import static dev.meterbook.ledger.LedgerProcess.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.meterbook.ledger.intake.RatedUsageConsumer;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookingTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private List<Posting> postings(String tenant) {
        return ledger.ledger(OPERATOR)
                .listPostings(
                        ListPostingsRequest.newBuilder().setParent("tenants/" + tenant).build())
                .getPostingsList();
    }

    @Test
    void books_each_rated_call_and_balances() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "0.0103", "0.01236")
                        .priced("globex", 2, "1.5", "1.8")
                        .priced("acme", 3, "0.0000000001", "0.00000000012"));

        assertThat(ledger.balances())
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "0.0103000001"),
                        Map.entry("acme/unbilled_receivable.USD", "0.01236000012"),
                        Map.entry("acme/chargeback_revenue.USD", "0.01236000012"),
                        Map.entry("globex/usage_cost.USD", "1.5"),
                        Map.entry("globex/unbilled_receivable.USD", "1.8"),
                        Map.entry("globex/chargeback_revenue.USD", "1.8"),
                        Map.entry("operator/provider_payable.openai-main.USD", "1.5103000001"));
        ledger.assertBooksAreTrue();
    }

    @Test
    void the_trial_balance_says_how_far_it_goes_and_is_zero() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2"));
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 2, "2026-10-03T12:00:00Z", "gpt-4o", "1", "1.1", "EUR"));

        TrialBalance balance = ledger.trialBalance();

        assertThat(balance.getRatingPosition()).isEqualTo(2);
        assertThat(balance.getBookedCallCount()).isEqualTo(2);
        assertThat(balance.getUnpricedCallCount()).isZero();
        assertThat(balance.getCurrenciesList())
                .extracting(
                        it ->
                                it.getDebits().getCurrencyCode()
                                        + " "
                                        + it.getDebits().getAmount()
                                        + " "
                                        + it.getCredits().getAmount()
                                        + " "
                                        + it.getDifference().getAmount()
                                        + " "
                                        + it.getTypesCount())
                .containsExactly("EUR 1.1 1.1 0 2", "USD 3.2 3.2 0 4");
    }

    @Test
    void a_posting_names_the_call_the_rating_and_both_transfers() {
        long rating =
                ledger.rateAndBook(
                        RatedEvent.initial()
                                .priced(
                                        "acme",
                                        41,
                                        "2026-10-03T12:00:00.123456Z",
                                        "gpt-4o",
                                        "0.0103",
                                        "0.01236"));

        Posting posting = postings("acme").getFirst();

        assertThat(posting.getName()).isEqualTo("tenants/acme/postings/41");
        assertThat(posting.getUsagePosition()).isEqualTo(41);
        assertThat(posting.getRatingPosition()).isEqualTo(rating);
        assertThat(posting.getOccurTime())
                .isEqualTo(
                        Timestamp.newBuilder()
                                .setSeconds(1_791_028_800L)
                                .setNanos(123_456_000)
                                .build());
        assertThat(posting.getCost().getAmount()).isEqualTo("0.0103");
        assertThat(posting.getCharge().getAmount()).isEqualTo("0.01236");
        assertThat(posting.getTransfersList())
                .extracting(
                        it ->
                                it.getReason()
                                        + " "
                                        + it.getDebitAccount()
                                        + " "
                                        + it.getCreditAccount()
                                        + " "
                                        + it.getAmount().getAmount())
                .containsExactly(
                        "TRANSFER_REASON_COST tenants/acme/accounts/usage_cost.USD"
                                + " operator/accounts/provider_payable.openai-main.USD 0.0103",
                        "TRANSFER_REASON_CHARGE tenants/acme/accounts/unbilled_receivable.USD"
                                + " tenants/acme/accounts/chargeback_revenue.USD 0.01236");
    }

    @Test
    void books_once_across_a_restart() {
        for (int position = 1; position <= 30; position++) {
            ledger.rate(RatedEvent.initial().priced("acme", position, "1", "1.2"));
        }
        ledger.restart();
        long last = ledger.rate(RatedEvent.initial().priced("acme", 31, "1", "1.2"));
        ledger.awaitBooked(last);
        ledger.restart();
        last = ledger.rate(RatedEvent.initial().priced("acme", 32, "1", "1.2"));
        ledger.awaitBooked(last);

        assertThat(ledger.balances()).containsEntry("acme/usage_cost.USD", "32");
        assertThat(ledger.text("select count(*) from posting")).isEqualTo("32");
        ledger.assertBooksAreTrue();
    }

    private void handOver(List<StoredEvent> events) {
        Database database = ledger.context().getBean(Database.class, Qualifiers.byName("ledger"));
        RatedUsageConsumer consumer = ledger.context().getBean(RatedUsageConsumer.class);
        database.write(
                transaction -> {
                    consumer.handle(transaction, events);
                    return events;
                });
    }

    private static void assertRefusedAsDouble(ThrowingCallable handOver) {
        assertThatThrownBy(handOver)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        refused -> assertThat(refused.sqlState()).isEqualTo("23505"));
    }

    @Test
    void an_event_handed_over_twice_is_booked_once() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2").unpriced("acme", 2));
        Database database = ledger.context().getBean(Database.class, Qualifiers.byName("ledger"));
        List<StoredEvent> again = database.read(tx -> new EventReader("pricing").read(tx, 0, 10));

        assertRefusedAsDouble(() -> handOver(again));

        assertThat(ledger.text("select count(*) from posting")).isEqualTo("1");
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_call_rated_for_the_first_time_twice_is_not_booked_again() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2"));

        assertRefusedAsDouble(
                () -> handOver(stored(2, RatedEvent.initial().priced("acme", 1, "1", "1.2"))));

        assertThat(ledger.text("select count(*) from posting")).isEqualTo("1");
        ledger.assertBooksAreTrue();
    }

    private static List<StoredEvent> stored(long position, RatedEvent event) {
        return List.of(
                new StoredEvent(
                        0,
                        position,
                        "",
                        new UUID(1, position),
                        EventType.of("pricing.UsageRated"),
                        null,
                        -1,
                        Instant.EPOCH,
                        event.build().toByteArray(),
                        null));
    }

    @Test
    void a_late_price_of_a_call_that_was_never_unpriced_is_refused() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2"));

        assertThatThrownBy(() -> handOver(stored(2, RatedEvent.late().priced("acme", 5, "1", "1"))))
                .hasMessageContaining("unpriced calls that got a price: 0 (expected: 1)");

        assertThat(ledger.text("select count(*) from posting")).isEqualTo("1");
        ledger.assertBooksAreTrue();
    }

    @Test
    void an_unpriced_call_is_counted_and_booked_when_its_price_arrives() {
        ledger.rateAndBook(
                RatedEvent.initial()
                        .priced("acme", 1, "1", "1.2")
                        .unpriced("acme", 2)
                        .unpriced("acme", 3));
        assertThat(ledger.trialBalance().getUnpricedCallCount()).isEqualTo(2);
        assertThat(ledger.text("select sum(usage_position) from unpriced_posting")).isEqualTo("5");
        ledger.assertBooksAreTrue();

        ledger.rateAndBook(RatedEvent.late().priced("acme", 3, "2", "2.4"));

        TrialBalance balance = ledger.trialBalance();
        assertThat(balance.getUnpricedCallCount()).isEqualTo(1);
        assertThat(balance.getBookedCallCount()).isEqualTo(2);
        assertThat(ledger.text("select usage_position from unpriced_posting")).isEqualTo("2");
        assertThat(ledger.balances()).containsEntry("acme/unbilled_receivable.USD", "3.6");
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_correction_books_the_difference() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "2", "2.4"));

        long rating = ledger.rateAndBook(RatedEvent.correction().priced("acme", 1, "-0.5", "0.1"));

        assertThat(ledger.balances())
                .containsEntry("acme/usage_cost.USD", "1.5")
                .containsEntry("acme/unbilled_receivable.USD", "2.5");
        assertThat(ledger.trialBalance().getBookedCallCount()).isEqualTo(1);
        Posting correction = postings("acme").getFirst();
        assertThat(correction.getName()).isEqualTo("tenants/acme/postings/1:" + rating);
        assertThat(correction.getCorrection()).isTrue();
        assertThat(correction.getCost().getAmount()).isEqualTo("-0.5");
        assertThat(correction.getCharge().getAmount()).isEqualTo("0.1");
        assertThat(correction.getTransfers(0).getAmount().getAmount()).isEqualTo("0.5");
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_free_call_is_a_row_too() {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "0", "0"));

        assertThat(postings("acme")).hasSize(1);
        assertThat(ledger.trialBalance().getBookedCallCount()).isEqualTo(1);
        ledger.assertBooksAreTrue();
    }

    @Test
    void pages_through_postings_newest_first_and_by_time() {
        RatedEvent event = RatedEvent.initial();
        for (int day = 1; day <= 9; day++) {
            event.priced("acme", day, "2026-10-0" + day + "T00:00:00Z", "gpt-4o", "1", "1");
        }
        ledger.rateAndBook(event);
        ListPostingsRequest request =
                ListPostingsRequest.newBuilder()
                        .setParent("tenants/acme")
                        .setPageSize(2)
                        .setStartTime(seconds("2026-10-03T00:00:00Z"))
                        .setEndTime(seconds("2026-10-08T00:00:00Z"))
                        .build();

        StringBuilder seen = new StringBuilder();
        String token = "";
        int pages = 0;
        do {
            var page =
                    ledger.ledger(ACME)
                            .listPostings(request.toBuilder().setPageToken(token).build());
            page.getPostingsList().forEach(it -> seen.append(it.getUsagePosition()).append(' '));
            token = page.getNextPageToken();
            pages++;
        } while (!token.isEmpty());

        assertThat(seen).hasToString("7 6 5 4 3 ");
        assertThat(pages).isEqualTo(3);
        assertThat(
                        ledger.ledger(ACME)
                                .listPostings(
                                        ListPostingsRequest.newBuilder()
                                                .setParent("tenants/acme")
                                                .setUsagePosition(4)
                                                .build())
                                .getPostingsList())
                .extracting(Posting::getUsagePosition)
                .containsExactly(4L);
    }

    private static Timestamp seconds(String time) {
        return Timestamp.newBuilder().setSeconds(Instant.parse(time).getEpochSecond()).build();
    }
}
