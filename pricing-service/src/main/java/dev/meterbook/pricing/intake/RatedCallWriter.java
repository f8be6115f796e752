package dev.meterbook.pricing.intake;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.meterbook.kernel.Decimals;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Writes rated calls one after the other, as bytes of the message that holds them: what the
 * generated classes would write, without an object, a builder and a pass for the size of each call.
 * As there, fields must come in ascending order, and those that are 0 or empty are left out.
 */
final class RatedCallWriter {

    /**
     * Bytes of one call without messages: about thirty numbers and three amounts of eighty digits.
     */
    private static final int MAX_BYTES = 2_048;

    /** Field and length, which stand before each call. */
    private static final int MAX_BYTES_BEFORE = 10;

    private static final int USUAL_BYTES = 150;

    private byte[] scratch = new byte[MAX_BYTES];
    private byte[] written;
    private int size;

    /** Bytes of the call in the scratch that the stream does not know of. */
    private int before;

    private CodedOutputStream call = CodedOutputStream.newInstance(scratch);

    /** A writer of about so many calls. */
    RatedCallWriter(int expectedCalls) {
        this.written = new byte[expectedCalls * USUAL_BYTES];
    }

    /** A count, or the index of a text. */
    void number(int field, long value) throws IOException {
        if (value != 0) {
            call.writeUInt64(field, value);
        }
    }

    /** One of several numbers, from 0. */
    void element(int field, long value) throws IOException {
        call.writeInt64(field, value);
    }

    /** A number that is often negative. */
    void signed(int field, long value) throws IOException {
        if (value != 0) {
            call.writeSInt64(field, value);
        }
    }

    /** An exact amount. */
    void amount(int field, BigDecimal value) throws IOException {
        call.writeString(field, Decimals.plain(value));
    }

    /** A message of the call; they come last, and can be many. */
    void message(int field, MessageLite message) throws IOException {
        int bytes = message.getSerializedSize() + MAX_BYTES_BEFORE;
        if (call.spaceLeft() < bytes) {
            before += call.getTotalBytesWritten();
            scratch = Arrays.copyOf(scratch, 2 * scratch.length + bytes);
            call = CodedOutputStream.newInstance(scratch, before, scratch.length - before);
        }
        call.writeMessage(field, message);
    }

    /** Ends a call: it becomes an element of the field of the message around it. */
    void end(int fieldOfCalls) throws IOException {
        int length = before + call.getTotalBytesWritten();
        if (written.length - size < length + MAX_BYTES_BEFORE) {
            written = Arrays.copyOf(written, 2 * written.length + MAX_BYTES);
        }
        CodedOutputStream calls =
                CodedOutputStream.newInstance(written, size, written.length - size);
        calls.writeByteArray(fieldOfCalls, scratch, 0, length);
        size += calls.getTotalBytesWritten();
        before = 0;
        call = CodedOutputStream.newInstance(scratch);
    }

    /** All calls, behind what stands before them. */
    byte[] writtenAfter(byte[] head) {
        byte[] all = Arrays.copyOf(head, head.length + size);
        System.arraycopy(written, 0, all, head.length, size);
        return all;
    }
}
