package dev.meterbook.allinone;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.OneProcess;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.RunningSystem;
import dev.meterbook.allinone.system.SixProcesses;
import dev.meterbook.allinone.system.SystemSettings;
import java.nio.file.Path;
import java.util.Map;

/** A whole Meterbook on free ports, with its data in a folder, that can be stopped and started. */
final class TestSystem implements AutoCloseable {

    private final Shape shape;
    private final DataFolder data;
    private RunningSystem system;
    private Apis apis;

    /** How the services run. */
    enum Shape {
        ONE_PROCESS,
        SIX_PROCESSES
    }

    private TestSystem(Shape shape, Path folder) {
        this.shape = shape;
        this.data = new DataFolder(folder);
        this.system = startIn(shape, data);
        this.apis = Apis.of(system);
    }

    static TestSystem start(Shape shape, Path folder) {
        return new TestSystem(shape, folder);
    }

    private static RunningSystem startIn(Shape shape, DataFolder data) {
        ClosingOrder closing = new ClosingOrder();
        try {
            return switch (shape) {
                case ONE_PROCESS ->
                        OneProcess.start(
                                new SystemSettings(data, Ports.shared("127.0.0.1", 0, 0), Map.of()),
                                closing);
                case SIX_PROCESSES ->
                        SixProcesses.start(
                                new SystemSettings(
                                        data, Ports.separate("127.0.0.1", 0, 0), Map.of()),
                                closing);
            };
        } catch (RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    /** Stops everything, servers included, and starts it again on the same data. */
    void restart() {
        close();
        system = startIn(shape, data);
        apis = Apis.of(system);
    }

    RunningSystem running() {
        return system;
    }

    DataFolder data() {
        return data;
    }

    Apis apis() {
        return apis;
    }

    Client operator() {
        return apis.as(system.operatorKey());
    }

    @Override
    public void close() {
        apis.close();
        system.close();
    }
}
