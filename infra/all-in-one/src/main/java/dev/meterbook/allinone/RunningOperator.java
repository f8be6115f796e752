package dev.meterbook.allinone;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.RunningNote;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The Meterbook that runs on a data folder, called with the operator's key. */
final class RunningOperator implements AutoCloseable {

    private final RunningNote running;
    private final Apis apis;
    private final Client client;

    private RunningOperator(RunningNote running, Apis apis, Client client) {
        this.running = running;
        this.apis = apis;
        this.client = client;
    }

    /**
     * Finds it.
     *
     * @throws CommandFailure if none runs there
     */
    static RunningOperator find(DataFolder folder) {
        RunningNote running =
                RunningNote.find(folder)
                        .orElseThrow(
                                () ->
                                        new CommandFailure(
                                                "no Meterbook runs in %s (expected: ./meterbook up)"
                                                        .formatted(folder.root())));
        Apis apis = Apis.at(running::address);
        String key = Secrets.of(folder, System.getenv()).operatorKey();
        return new RunningOperator(running, apis, apis.as(key));
    }

    /** All its public contracts. */
    Client client() {
        return client;
    }

    /** The operations of each of its processes: one, or one for each service. */
    List<OperationsServiceBlockingStub> operations() {
        List<OperationsServiceBlockingStub> processes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Service service : Service.values()) {
            if (seen.add(running.address(service))) {
                processes.add(client.operations(service));
            }
        }
        return processes;
    }

    @Override
    public void close() {
        apis.close();
    }
}
