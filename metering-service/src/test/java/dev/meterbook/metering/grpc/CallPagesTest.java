package dev.meterbook.metering.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.metering.v1.ListCallsResponse;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where a page ends. */
class CallPagesTest {

    @Test
    void has_a_token_only_if_there_is_more() {
        List<StoredEvent> calls = List.of(stored(3, 10), stored(2, 10));
        assertThat(CallPages.page(calls, 2).getNextPageToken()).isEmpty();
        ListCallsResponse page = CallPages.page(calls, 1);
        assertThat(page.getCallsCount()).isEqualTo(1);
        assertThat(CallPages.before(page.getNextPageToken())).isEqualTo(3);
        assertThat(CallPages.page(List.of(), 1).getNextPageToken()).isEmpty();
    }

    @Test
    void ends_a_page_before_it_passes_three_mebibytes() {
        List<StoredEvent> calls =
                List.of(stored(4, 2_000_000), stored(3, 1_000_000), stored(2, 1_000_000));
        ListCallsResponse page = CallPages.page(calls, 10);
        assertThat(page.getCallsCount()).isEqualTo(2);
        assertThat(CallPages.before(page.getNextPageToken())).isEqualTo(3);
    }

    @Test
    void gives_a_call_alone_that_is_larger_than_a_page() {
        List<StoredEvent> calls = List.of(stored(4, 3_500_000), stored(3, 10));
        ListCallsResponse page = CallPages.page(calls, 10);
        assertThat(page.getCallsCount()).isEqualTo(1);
        assertThat(CallPages.before(page.getNextPageToken())).isEqualTo(4);
    }

    @Test
    void begins_at_the_newest_call_without_token() {
        assertThat(CallPages.before("")).isEqualTo(Long.MAX_VALUE);
    }

    private static StoredEvent stored(long position, int size) {
        UsageRecorded event =
                UsageRecorded.newBuilder()
                        .setCall(MeteredCall.newBuilder().setId("x".repeat(size)))
                        .build();
        return new StoredEvent(
                0,
                position,
                "acme",
                new UUID(0, position),
                EventType.of("metering.UsageRecorded"),
                null,
                -1,
                Instant.EPOCH,
                event.toByteArray(),
                null);
    }
}
