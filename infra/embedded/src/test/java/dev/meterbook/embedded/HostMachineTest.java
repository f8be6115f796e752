package dev.meterbook.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HostMachineTest {
    @Test
    void knows_linux_and_macos_on_both_processors() {
        assertThat(HostMachine.of("Linux", "amd64")).isEqualTo(HostMachine.LINUX_X86_64);
        assertThat(HostMachine.of("Linux", "aarch64")).isEqualTo(HostMachine.LINUX_ARM64);
        assertThat(HostMachine.of("Mac OS X", "x86_64")).isEqualTo(HostMachine.MACOS_X86_64);
        assertThat(HostMachine.of("Mac OS X", "aarch64")).isEqualTo(HostMachine.MACOS_ARM64);
    }

    @Test
    void says_what_it_needs_elsewhere() {
        assertThatThrownBy(() -> HostMachine.of("Windows 11", "amd64"))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("machine: Windows 11 amd64 (expected: Linux or macOS");
    }
}
