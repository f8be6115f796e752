package dev.meterbook.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Postings are stored in blocks; nobody who reads them sees it. */
class PostingBlocksTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private void book(LongStream positions) {
        RatedEvent event = RatedEvent.initial();
        positions.forEach(position -> event.priced("acme", position, "1", "1.2"));
        ledger.rateAndBook(event);
    }

    private List<Long> pages(int size) {
        List<Long> seen = new ArrayList<>();
        String token = "";
        do {
            var page =
                    ledger.ledger(LedgerProcess.OPERATOR)
                            .listPostings(
                                    ListPostingsRequest.newBuilder()
                                            .setParent("tenants/acme")
                                            .setPageSize(size)
                                            .setPageToken(token)
                                            .build());
            page.getPostingsList().stream().map(Posting::getUsagePosition).forEach(seen::add);
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return seen;
    }

    private static List<Long> downFrom(long first, long last) {
        return LongStream.rangeClosed(last, first).map(it -> first + last - it).boxed().toList();
    }

    @Test
    void a_block_holds_at_most_64_calls_and_spans_fewer_than_65536_positions() {
        book(LongStream.rangeClosed(1, 130));
        book(LongStream.of(1_000, 66_535, 66_536, 200_000));

        assertThat(
                        ledger.texts(
                                "select first_usage_position || '-' || last_usage_position"
                                        + " from posting_block order by last_usage_position"))
                .containsExactly(
                        "1-64", "65-128", "129-130", "1000-66535", "66536-66536", "200000-200000");
        ledger.assertBooksAreTrue();
    }

    @Test
    void pages_go_through_blocks_that_overlap_newest_first() {
        book(LongStream.rangeClosed(1, 200).filter(it -> it % 3 != 0));
        book(LongStream.rangeClosed(201, 300));
        book(LongStream.rangeClosed(1, 200).filter(it -> it % 3 == 0));

        assertThat(pages(7)).isEqualTo(downFrom(300, 1));
        assertThat(pages(64)).isEqualTo(downFrom(300, 1));
        assertThat(pages(1_000)).isEqualTo(downFrom(300, 1));
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_call_in_the_middle_of_a_block_is_not_booked_again_in_another() {
        book(LongStream.rangeClosed(1, 10));
        ledger.rate(
                RatedEvent.initial().priced("acme", 7, "1", "1.2").priced("acme", 11, "1", "1"));
        long last = ledger.rateAndBook(RatedEvent.initial().priced("globex", 12, "1", "1.2"));

        assertThat(last).isEqualTo(3);
        assertThat(ledger.consumer().deadLetters("acme", 0, 9))
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("is booked already"));
        assertThat(pages(100)).isEqualTo(downFrom(10, 1));
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_call_that_is_twice_in_one_event_is_refused() {
        ledger.rate(RatedEvent.initial().priced("acme", 1, "1", "1.2").priced("acme", 1, "1", "1"));
        ledger.rateAndBook(RatedEvent.initial().priced("globex", 2, "1", "1.2"));

        assertThat(ledger.consumer().deadLetters("acme", 0, 9)).hasSize(1);
        assertThat(pages(100)).isEmpty();
        ledger.assertBooksAreTrue();
    }

    @Test
    void a_call_booked_in_a_block_does_not_come_back_as_unpriced() {
        book(LongStream.rangeClosed(1, 10));
        ledger.rate(RatedEvent.initial().unpriced("acme", 5));
        ledger.rateAndBook(RatedEvent.initial().priced("globex", 11, "1", "1.2"));

        assertThat(ledger.consumer().deadLetters("acme", 0, 9)).hasSize(1);
        assertThat(ledger.text("select count(*) from unpriced_posting")).isEqualTo("0");
        ledger.assertBooksAreTrue();
    }
}
