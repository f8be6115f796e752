package dev.meterbook.allinone.demo;

import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of one tenant's calls. Safe for use by several threads. */
final class Tally {

    private static final int SHOWN = 3;

    private final Map<Long, PlayedCall> played = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();
    private long recorded;
    private long duplicates;
    private long refused;
    private long denied;
    private long held;

    synchronized void add(MeteredCall call, CallResult result) {
        switch (result.getOutcome()) {
            case OUTCOME_RECORDED -> {
                recorded++;
                keep(call, result);
            }
            case OUTCOME_DUPLICATE -> {
                duplicates++;
                keep(call, result);
            }
            case OUTCOME_CONFLICT, OUTCOME_REJECTED, OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                    refuse(call.getId(), result.getOutcome(), result.getRejection().getMessage());
        }
    }

    private void keep(MeteredCall call, CallResult result) {
        long position = result.getReceipt().getPosition();
        played.put(position, PlayedCall.of(call, position));
    }

    private void refuse(String id, Outcome outcome, String why) {
        refused++;
        if (refusals.size() < SHOWN) {
            refusals.add(id + " " + outcome + " " + why);
        }
    }

    synchronized void addDenied() {
        denied++;
    }

    synchronized void addHeld() {
        held++;
    }

    /** Calls stored now. */
    synchronized long recorded() {
        return recorded;
    }

    /** Calls that had been stored before. */
    synchronized long duplicates() {
        return duplicates;
    }

    /** Calls that were answered with a conflict or a rejection. */
    synchronized long refused() {
        return refused;
    }

    /** The first few of those, with the reason. */
    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Calls that were asked about, denied, and therefore not made. */
    synchronized long denied() {
        return denied;
    }

    /** Calls that were asked about and granted. */
    synchronized long held() {
        return held;
    }

    /** Every call that is in the book's log now, once, in order of position. */
    synchronized List<PlayedCall> played() {
        return List.copyOf(played.values());
    }
}
