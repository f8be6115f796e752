package dev.meterbook.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends the results to a file, a JSON object a line. */
final class JsonLines {

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<String> lines = new ArrayList<>();
    private final Plan plan;

    JsonLines(Plan plan) {
        this.plan = plan;
    }

    void write(Results results) {
        add(
                "run",
                Map.of(
                        "time", Instant.now().toString(),
                        "seed", plan.shape().seed(),
                        "tenants", plan.shape().tenants(),
                        "users", plan.shape().users(),
                        "apps", plan.shape().apps(),
                        "models", plan.shape().models(),
                        "streams", plan.load().streams(),
                        "message", plan.load().message()));
        for (Results.Round round : results.rounds()) {
            round.sides().forEach((side, measured) -> add("side", side(round, side, measured)));
        }
        results.steady().ifPresent(this::steady);
        results.latencies().forEach(this::latency);
        results.replay()
                .ifPresent(
                        replay ->
                                add(
                                        "replay",
                                        Map.of(
                                                "calls", replay.calls(),
                                                "nanos", replay.nanos(),
                                                "rate", replay.rate(),
                                                "foreign", replay.foreignShare())));
        results.disk().ifPresent(disk -> add("disk", Map.of("bytesPerCall", disk.perCall())));
        store();
    }

    private static Map<String, Object> side(
            Results.Round round, String side, Measurement measured) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("round", round.number());
        line.put("warm", round.warm());
        line.put("side", side);
        line.putAll(measurement(measured));
        return line;
    }

    private static Map<String, Object> measurement(Measurement measured) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("calls", measured.calls());
        line.put("nanos", measured.nanos());
        line.put("rate", measured.rate());
        line.put("cpuMicrosPerCall", measured.cpuPerCall());
        line.put("jvmMicros", measured.cpu().jvm());
        line.put("postgresMicros", measured.cpu().postgres());
        line.put("redisMicros", measured.cpu().redis());
        line.put("busy", measured.cpu().busyShare());
        line.put("foreign", measured.cpu().foreignShare());
        line.put("profile", measured.profile());
        return line;
    }

    private void steady(Steady steady) {
        Map<String, Object> line = new LinkedHashMap<>(measurement(steady.measurement()));
        line.put("windowMedian", steady.windows().median());
        line.put("windowMin", steady.windows().min());
        line.put("windowMax", steady.windows().max());
        line.put("heapLiveBefore", steady.heap().liveBefore());
        line.put("heapLiveAfter", steady.heap().liveAfter());
        line.put("heapEarly", steady.heap().early());
        line.put("heapLate", steady.heap().late());
        add("steady", line);
    }

    private void latency(Latency latency) {
        add(
                "latency",
                Map.of(
                        "wanted", latency.wanted(),
                        "reached", latency.reached(),
                        "rollUpP50", latency.rollUp().median(),
                        "rollUpP99", latency.rollUp().p99(),
                        "counterP50", latency.counter().median(),
                        "counterP99", latency.counter().p99(),
                        "busy", latency.cpu().busyShare(),
                        "foreign", latency.cpu().foreignShare()));
    }

    private void add(String kind, Map<String, Object> content) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", kind);
        line.putAll(content);
        try {
            lines.add(mapper.writeValueAsString(line));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void store() {
        try {
            Path folder = plan.json().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(plan.json(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
