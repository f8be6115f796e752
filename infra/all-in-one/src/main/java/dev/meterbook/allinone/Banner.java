package dev.meterbook.allinone;

import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.RunningSystem;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells where to find what has been started. */
final class Banner {

    private Banner() {}

    static void print(RunningSystem system, DataFolder data) {
        System.out.printf("Meterbook runs (started in %s)%n", sinceStart());
        System.out.printf("  portal, HTTP API  %s%n", system.http());
        if (system.grpc(Service.METERING).equals(system.grpc(Service.GATEWAY))) {
            System.out.printf(
                    "  gRPC              %s (reflection, health)%n", system.grpc(Service.METERING));
        } else {
            for (Service service : Service.values()) {
                System.out.printf(
                        "  gRPC              %s %s%n", system.grpc(service), service.id());
            }
        }
        System.out.printf("  operator key      %s in %s%n", Secrets.OPERATOR_KEY, data.secrets());
        System.out.printf("  data              %s%n", data.root());
    }

    /** Since the Java machine was started; the process may have been a shell's before. */
    private static String sinceStart() {
        Instant start = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        Duration took = Duration.between(start, Instant.now());
        return String.format(Locale.ROOT, "%d.%d s", took.toSeconds(), took.toMillisPart() / 100);
    }
}
