package dev.meterbook.budget.application.counting;

/**
 * How far the rating log is counted.
 *
 * @param position the last event of which every call is counted
 * @param calls calls counted of the event behind it
 */
public record Progress(long position, int calls) implements Comparable<Progress> {

    /** True if a call is counted: the one of an index in the event at a position. */
    public boolean covers(long eventPosition, int call) {
        return eventPosition <= position || (eventPosition == position + 1 && call < calls);
    }

    @Override
    public int compareTo(Progress other) {
        int byPosition = Long.compare(position, other.position);
        return byPosition != 0 ? byPosition : Integer.compare(calls, other.calls);
    }
}
