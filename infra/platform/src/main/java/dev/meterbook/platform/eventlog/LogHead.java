package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import java.util.Arrays;

/**
 * The end of a log, held by a transaction: nobody else appends until it ends.
 *
 * @param epoch of the writer that may append
 * @param position the last position; 0 while the log is empty
 * @param chainHash the last link of the chain
 */
public record LogHead(long epoch, long position, byte[] chainHash) {

    /** Whether an append is the last thing in the log. One that was rolled back never is. */
    public boolean endsWith(Recorded append) {
        return Arrays.equals(chainHash, append.chainHash());
    }
}
