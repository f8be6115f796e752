package dev.meterbook.metering.grpc;

import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.metering.v1.ListCallsResponse;
import java.util.List;
import java.util.regex.Pattern;

/** Pages of calls, newest first. A token holds the position before which the next page begins. */
final class CallPages {

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1_000;

    /** A page ends earlier rather than pass a client's usual limit of 4 MiB for one message. */
    private static final int MAX_PAYLOAD_BYTES = 3 * 1024 * 1024;

    private static final Pattern TOKEN = Pattern.compile("p([0-9a-z]{1,12})");

    private CallPages() {}

    /**
     * Calls of a page: 50 if not told, 1,000 at most.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, INVALID_PAGE_SIZE, if negative
     */
    static int size(int asked) {
        if (asked < 0) {
            throw Refusal.invalid(
                    "INVALID_PAGE_SIZE", "page_size", Integer.toString(asked), "0 to " + MAX_SIZE);
        }
        return asked == 0 ? DEFAULT_SIZE : Math.min(asked, MAX_SIZE);
    }

    /**
     * The position before which the page begins.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, INVALID_PAGE_TOKEN
     */
    static long before(String token) {
        if (token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!TOKEN.matcher(token).matches()) {
            throw Refusal.invalid(
                    "INVALID_PAGE_TOKEN",
                    "page_token",
                    token,
                    "next_page_token of the answer before");
        }
        return Long.parseLong(token.substring(1), Character.MAX_RADIX);
    }

    /**
     * A page of calls.
     *
     * @param calls newest first; one more than the page holds if there are more
     * @param size calls of the page at most
     */
    static ListCallsResponse page(List<StoredEvent> calls, int size) {
        ListCallsResponse.Builder page = ListCallsResponse.newBuilder();
        long bytes = 0;
        for (StoredEvent call : calls) {
            bytes += call.payload().length;
            if (page.getCallsCount() == size
                    || (page.getCallsCount() > 0 && bytes > MAX_PAYLOAD_BYTES)) {
                return page.setNextPageToken(token(page)).build();
            }
            page.addCalls(StoredCallProtos.toRecord(call));
        }
        return page.build();
    }

    private static String token(ListCallsResponse.Builder page) {
        long last = page.getCalls(page.getCallsCount() - 1).getPosition();
        return "p" + Long.toString(last, Character.MAX_RADIX);
    }
}
