package dev.meterbook.embedded;

import java.util.Locale;

/** The machines for which server binaries are at hand, with the names those binaries have. */
enum HostMachine {
    LINUX_X86_64("postgres-linux-x86_64.txz", "redis-server-6.2.6-v5-linux-amd64"),
    LINUX_ARM64("postgres-linux-arm_64.txz", "redis-server-6.2.7-linux-arm64"),
    MACOS_X86_64("postgres-darwin-x86_64.txz", "redis-server-6.2.6-v5-darwin-amd64"),
    MACOS_ARM64("postgres-darwin-arm_64.txz", "redis-server-6.2.6-v5-darwin-arm64");

    private final String postgresArchive;
    private final String redisExecutable;

    HostMachine(String postgresArchive, String redisExecutable) {
        this.postgresArchive = postgresArchive;
        this.redisExecutable = redisExecutable;
    }

    String postgresArchive() {
        return postgresArchive;
    }

    String redisExecutable() {
        return redisExecutable;
    }

    static HostMachine current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static HostMachine of(String system, String processor) {
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        String lowerCase = system.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("linux") && (arm || intel)) {
            return arm ? LINUX_ARM64 : LINUX_X86_64;
        }
        if (lowerCase.startsWith("mac") && (arm || intel)) {
            return arm ? MACOS_ARM64 : MACOS_X86_64;
        }
        throw new EmbeddedServerException(
                "machine: %s %s (expected: Linux or macOS on x86-64 or ARM64; elsewhere name external servers by METERBOOK_POSTGRES_URL and METERBOOK_REDIS_URL)"
                        .formatted(system, processor));
    }
}
