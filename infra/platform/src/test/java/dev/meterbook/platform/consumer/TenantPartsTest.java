package dev.meterbook.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantPartsTest {

    private static final UsageRated PACKED =
            UsageRated.newBuilder()
                    .setKind(RatingKind.RATING_KIND_LATE)
                    .setBaseTimeMicros(77)
                    .addAllTexts(List.of("", "acme", "globex", "chat", "search"))
                    .addCalls(call(1, 1, 3))
                    .addCalls(call(2, 2, 4))
                    .addCalls(call(5, 1, 4))
                    .build();

    private static RatedCall call(long position, int tenant, int application) {
        return RatedCall.newBuilder()
                .setUsagePosition(position)
                .setTenantText(tenant)
                .setApplicationText(application)
                .setCharge("1.5")
                .build();
    }

    private static List<StoredEvent> parts(UsageRated packed) {
        StoredEvent event =
                new StoredEvent(
                        0,
                        9,
                        "",
                        new UUID(1, 2),
                        EventType.of("pricing.UsageRated"),
                        null,
                        -1,
                        Instant.EPOCH,
                        packed.toByteArray(),
                        null);
        return TenantParts.of(event, packed, "calls");
    }

    private static UsageRated content(StoredEvent part) throws InvalidProtocolBufferException {
        return UsageRated.parseFrom(part.payload());
    }

    @Test
    void each_tenant_gets_its_own_calls_and_texts() throws InvalidProtocolBufferException {
        List<StoredEvent> parts = parts(PACKED);

        assertThat(parts).extracting(StoredEvent::tenantId).containsExactly("acme", "globex");
        assertThat(parts).extracting(StoredEvent::position).containsOnly(9L);
        assertThat(content(parts.getFirst()))
                .isEqualTo(
                        UsageRated.newBuilder()
                                .setKind(RatingKind.RATING_KIND_LATE)
                                .setBaseTimeMicros(77)
                                .addAllTexts(List.of("", "acme", "chat", "search"))
                                .addCalls(call(1, 1, 2))
                                .addCalls(call(5, 1, 3))
                                .build());
        assertThat(content(parts.getLast()))
                .isEqualTo(
                        UsageRated.newBuilder()
                                .setKind(RatingKind.RATING_KIND_LATE)
                                .setBaseTimeMicros(77)
                                .addAllTexts(List.of("", "globex", "search"))
                                .addCalls(call(2, 1, 2))
                                .build());
    }

    @Test
    void an_index_of_nothing_stays_one() throws InvalidProtocolBufferException {
        UsageRated broken = PACKED.toBuilder().setCalls(1, call(2, 2, 99)).build();

        RatedCall call = content(parts(broken).getLast()).getCalls(0);

        assertThat(call.getApplicationText()).isEqualTo(-1);
    }

    @Test
    void a_call_of_no_tenant_cannot_be_parted() {
        assertThatThrownBy(() -> parts(PACKED.toBuilder().setCalls(0, call(1, 0, 3)).build()))
                .hasMessage("tenant_text: 0 (expected: the index of a tenant)");
    }
}
