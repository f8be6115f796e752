package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.metering.v1.MeteredCall;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Plays a workload as the tenants' applications would: each tenant has one stream of usage with its
 * own key, and asks before some of its calls.
 */
final class Player {

    /** Calls in one message. */
    private static final int BATCH = 500;

    private final Function<Company, Client> clientOf;
    private final ProgressLine progress;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    /**
     * A player.
     *
     * @param clientOf the services, called with a tenant's key
     * @param progress is told of every call that was answered
     */
    Player(Function<Company, Client> clientOf, ProgressLine progress) {
        this.clientOf = clientOf;
        this.progress = progress;
    }

    /** One tenant's part: what waits to be sent, and where to. */
    private record Lane(
            Company company, List<Step> waiting, Asking asking, UsageStream stream, Tally tally) {}

    /** Plays all steps; what became of them, by tenant. Returns when everything was answered. */
    Map<Company, Tally> play(Iterator<Step> steps, List<Company> companies) {
        companies.forEach(company -> lanes.put(company.id(), lane(company)));
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (steps.hasNext()) {
                Step step = steps.next();
                Lane lane = laneOf(step.call().getTenant());
                lane.waiting.add(step);
                if (lane.waiting.size() == BATCH) {
                    send(lane, askers);
                }
            }
            lanes.values().forEach(lane -> send(lane, askers));
        }
        Map<Company, Tally> tallies = new LinkedHashMap<>();
        for (Lane lane : lanes.values()) {
            lane.stream.finish();
            tallies.put(lane.company, lane.tally);
        }
        return tallies;
    }

    private Lane lane(Company company) {
        Client client = clientOf.apply(company);
        Tally tally = new Tally();
        return new Lane(
                company,
                new ArrayList<>(BATCH),
                new Asking(client, tally),
                new UsageStream(client.meteringStream(), tally, progress),
                tally);
    }

    private Lane laneOf(String tenant) {
        Lane lane = lanes.get(tenant);
        if (lane == null) {
            throw new IllegalStateException("tenant " + tenant + " has no lane");
        }
        return lane;
    }

    /** Asks about all calls of a batch at once, then sends those that are made. */
    private void send(Lane lane, ExecutorService askers) {
        List<Future<Optional<MeteredCall>>> asked = new ArrayList<>();
        for (Step step : lane.waiting) {
            asked.add(askers.submit(() -> lane.asking.ask(step)));
        }
        List<MeteredCall> made = new ArrayList<>();
        asked.forEach(answer -> await(answer).ifPresent(made::add));
        progress.advance(lane.waiting.size() - made.size());
        lane.waiting.clear();
        if (!made.isEmpty()) {
            lane.stream.send(made);
        }
    }

    private static Optional<MeteredCall> await(Future<Optional<MeteredCall>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", stop);
        }
    }
}
