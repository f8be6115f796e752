package dev.meterbook.allinone;

import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.OneProcess;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.RunningSystem;
import dev.meterbook.allinone.system.SixProcesses;
import dev.meterbook.allinone.system.SystemSettings;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a Meterbook that a command starts keeps its data and listens. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SystemOptions {

    @Mixin DataOption data;

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Port of portal and HTTP API; 0 chooses a free one (default: 8080).")
    int httpPort;

    @Option(
            names = "--grpc-port",
            defaultValue = "9090",
            paramLabel = "PORT",
            description =
                    "Port of gRPC (six processes: the ports after it); 0 chooses free ones"
                            + " (default: 9090).")
    int grpcPort;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Address to listen on; 0.0.0.0 for all (default: 127.0.0.1).")
    String bind;

    RunningSystem startOneProcess(ClosingOrder closing) {
        return OneProcess.start(settings(Ports.shared(bind, httpPort, grpcPort)), closing);
    }

    RunningSystem startSixProcesses(ClosingOrder closing) {
        return SixProcesses.start(settings(Ports.separate(bind, httpPort, grpcPort)), closing);
    }

    private SystemSettings settings(Ports ports) {
        return new SystemSettings(data.folder(), ports, System.getenv());
    }

    /** The data folder. */
    static final class DataOption {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Folder for data, secrets and logs (default: .meterbook).")
        Path folder;

        DataFolder folder() {
            return new DataFolder(folder == null ? home() : folder);
        }

        private static Path home() {
            return Path.of(System.getProperty("meterbook.home", ".meterbook"));
        }
    }
}
