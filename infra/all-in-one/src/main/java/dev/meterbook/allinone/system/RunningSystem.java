package dev.meterbook.allinone.system;

import java.net.URI;

/** A Meterbook that takes calls, whether in one process or in six. */
public interface RunningSystem extends AutoCloseable {

    /** Address of portal and HTTP API, for example {@code http://127.0.0.1:8080}. */
    URI http();

    /** Where a service's gRPC server listens: host and port. */
    String grpc(Service service);

    /** The operator's API key. */
    String operatorKey();

    /** Address of its database. */
    String postgresUrl();

    /** Stops it; what was acknowledged is kept. */
    @Override
    void close();
}
