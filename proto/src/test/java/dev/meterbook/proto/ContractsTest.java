package dev.meterbook.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.meterbook.testing.ProtoLint;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ContractsTest {
    @Test
    void are_in_good_form() throws IOException {
        assertThat(ProtoLint.findings(descriptors(), "meterbook/")).isEmpty();
    }

    @Test
    void carry_their_comments_and_imports() throws IOException {
        assertThat(descriptors().getFileList())
                .anyMatch(file -> file.getName().equals("google/api/annotations.proto"))
                .anyMatch(file -> file.getSourceCodeInfo().getLocationCount() > 100);
    }

    private static FileDescriptorSet descriptors() throws IOException {
        try (InputStream in =
                ContractsTest.class.getResourceAsStream("/META-INF/meterbook/descriptors.pb")) {
            return FileDescriptorSet.parseFrom(in);
        }
    }
}
