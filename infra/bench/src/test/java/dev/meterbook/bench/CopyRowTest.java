package dev.meterbook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyRowTest {

    @Test
    void says_how_many_bytes_it_writes() {
        CopyRow row = new CopyRow(new byte[] {'a', 'b'}, new UUID(1, 2), 3, (short) 4, new byte[5]);
        ByteBuffer out = ByteBuffer.allocate(200);

        row.write(out, 1, 0);

        assertThat(out.position()).isEqualTo(row.size());
    }

    @Test
    void moves_the_time_within_the_key() {
        CopyRow row =
                new CopyRow(
                        new byte[0],
                        new UUID(0x0197_0000_0000_7abcL, 2),
                        3,
                        (short) 4,
                        new byte[0]);
        ByteBuffer out = ByteBuffer.allocate(200);

        row.write(out, 1, 3);

        assertThat(out.getLong(2 + 12 + 12 + 4)).isEqualTo(0x0197_0000_0003_7abcL);
    }
}
