package dev.meterbook.pricing.intake;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads events of the usage log: what rating needs, straight from the bytes of {@link
 * UsageRecorded}, without a message for each call. One reader reads many events, such as those of a
 * page, and decodes a text that they share once. For one thread.
 */
public final class UsageReader {

    private static final int USUAL_KINDS = 8;

    private final TextCache cache = new TextCache();
    private int[] leaves = new int[USUAL_KINDS];

    /** A reader that has read nothing. */
    public UsageReader() {}

    /** What was read of an event so far. */
    private static final class Found {
        private final CallTexts texts = new CallTexts();
        private final Quantities.Builder quantities = Quantities.builder();
        private int tier;
        private long occurTimeMicros;
        private boolean hasForeignKind;
    }

    /**
     * Reads an event.
     *
     * @throws IllegalStateException if it is not what its name says; the log is damaged
     */
    public MeteredUsage read(StoredEvent event) {
        try {
            return usage(event, found(event.payload()));
        } catch (IOException unreadable) {
            throw new IllegalStateException("usage log, position " + event.position(), unreadable);
        }
    }

    private static MeteredUsage usage(StoredEvent event, Found found) {
        ServiceTier tier = ServiceTier.forNumber(found.tier);
        CallTexts texts = found.texts;
        String served = texts.of(MeteredCall.SERVED_MODEL_FIELD_NUMBER);
        CallFacts facts =
                new CallFacts(
                        event.tenantId(),
                        texts.of(MeteredCall.PROVIDER_FIELD_NUMBER),
                        served.isEmpty()
                                ? texts.of(MeteredCall.REQUESTED_MODEL_FIELD_NUMBER)
                                : served,
                        found.quantities.build(),
                        tier == null
                                ? dev.meterbook.pricing.domain.ServiceTier.STANDARD
                                : PriceMessages.fromProto(tier),
                        found.occurTimeMicros,
                        texts.of(MeteredCall.REGION_FIELD_NUMBER));
        return new MeteredUsage(event, texts, facts, found.hasForeignKind || tier == null);
    }

    private Found found(byte[] payload) throws IOException {
        Found found = new Found();
        CodedInputStream in = CodedInputStream.newInstance(payload);
        int kinds = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case UsageRecorded.CALL_FIELD_NUMBER -> readCall(in, payload, found);
                case UsageRecorded.OCCUR_TIME_MICROS_FIELD_NUMBER ->
                        found.occurTimeMicros = in.readInt64();
                case UsageRecorded.LEAVES_FIELD_NUMBER -> kinds = readLeaves(in);
                case UsageRecorded.QUANTITIES_FIELD_NUMBER -> readQuantities(in, kinds, found);
                default -> in.skipField(tag);
            }
        }
        return found;
    }

    private void readCall(CodedInputStream in, byte[] payload, Found found) throws IOException {
        int outer = in.pushLimit(in.readUInt32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (CallTexts.isOne(field)) {
                int length = in.readUInt32();
                int start = in.getTotalBytesRead();
                in.skipRawBytes(length);
                found.texts.put(field, cache.text(payload, start, length));
            } else if (field == MeteredCall.SERVICE_TIER_FIELD_NUMBER) {
                found.tier = in.readEnum();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(outer);
    }

    /** Answers with how many there are. */
    private int readLeaves(CodedInputStream in) throws IOException {
        int outer = in.pushLimit(in.readUInt32());
        int kinds = 0;
        while (in.getBytesUntilLimit() > 0) {
            if (kinds == leaves.length) {
                leaves = Arrays.copyOf(leaves, 2 * kinds);
            }
            leaves[kinds++] = in.readEnum();
        }
        in.popLimit(outer);
        return kinds;
    }

    private void readQuantities(CodedInputStream in, int kinds, Found found) throws IOException {
        int outer = in.pushLimit(in.readUInt32());
        for (int i = 0; i < kinds; i++) {
            long quantity = in.readInt64();
            Optional<Leaf> leaf = Leaf.ofCode(leaves[i]);
            if (leaf.isPresent()) {
                found.quantities.add(leaf.get(), quantity);
            } else {
                found.hasForeignKind = true;
            }
        }
        in.popLimit(outer);
    }
}
