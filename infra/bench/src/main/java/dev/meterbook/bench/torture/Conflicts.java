package dev.meterbook.bench.torture;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** The id of a stored call with other content: a conflict, which changes nothing. */
final class Conflicts implements Scenario {

    private static final int MOST = 200;

    @Override
    public String name() {
        return "conflict";
    }

    @Override
    public String what() {
        return "ids of stored calls with other content, in messages among good calls";
    }

    @Override
    public void run(Arena arena) {
        int count = Math.clamp(arena.plan().calls() / 2, 1, MOST);
        List<SentCall> stored = arena.freshCalls(count);
        record(arena, stored.stream().map(SentCall::call).toList());
        List<MeteredCall> mixed = new ArrayList<>();
        List<SentCall> fresh = arena.freshCalls(count);
        for (int i = 0; i < count; i++) {
            mixed.add(other(stored.get(i).call(), arena.random()));
            mixed.add(fresh.get(i).call());
            mixed.add(other(fresh.get(i).call(), arena.random()));
        }
        List<CallResult> results = record(arena, mixed);
        for (int i = 0; i < results.size(); i++) {
            Outcome expected = i % 3 == 1 ? Outcome.OUTCOME_RECORDED : Outcome.OUTCOME_CONFLICT;
            if (results.get(i).getOutcome() != expected) {
                throw new TortureFailure(
                        "call %s was answered %s (expected: %s)"
                                .formatted(
                                        mixed.get(i).getId(),
                                        results.get(i).getOutcome(),
                                        expected));
            }
        }
        arena.telling().fault("%,d of %,d were conflicts".formatted(2 * count, mixed.size()));
    }

    /** The same id with one thing changed. */
    private static MeteredCall other(MeteredCall call, SplittableRandom random) {
        MeteredCall.Builder other = call.toBuilder();
        switch (random.nextInt(4)) {
            case 0 -> other.getUsageBuilder().getTokensBuilder().setOutputTokens(1_000_000);
            case 1 ->
                    other.setOccurTime(
                            Timestamp.newBuilder()
                                    .setSeconds(call.getOccurTime().getSeconds() - 1));
            case 2 -> other.setFeature("another");
            default -> other.putLabels("more", "1");
        }
        return other.build();
    }

    /** Keeps what is acknowledged. */
    private static List<CallResult> record(Arena arena, List<MeteredCall> calls) {
        List<CallResult> results =
                arena.system()
                        .operator()
                        .metering()
                        .recordUsage(RecordUsageRequest.newBuilder().addAllCalls(calls).build())
                        .getResultsList();
        for (CallResult result : results) {
            SentCall call = arena.sent().find(UUID.fromString(result.getId()));
            if (call != null && result.hasReceipt()) {
                call.acknowledged(result.getReceipt());
            }
        }
        return results;
    }
}
