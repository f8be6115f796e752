package dev.meterbook.allinone;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.ReRateCallsResponse;
import dev.meterbook.proto.type.v1.Money;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rates calls of a span of time anew. */
@Command(
        name = "rerate",
        mixinStandardHelpOptions = true,
        description =
                "Rates calls anew by the contracts, plans and catalogues known now, and books what"
                        + " differs as corrections. A second run finds nothing; one that was broken"
                        + " off is begun again. Needs a running Meterbook of the same data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RerateCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Option(names = "--contract", defaultValue = "", description = "Calls that it prices.")
    String contract;

    @Option(names = "--provider", defaultValue = "", description = "Calls of a provider.")
    String provider;

    @Option(names = "--tenant", defaultValue = "", description = "Calls of a tenant.")
    String tenant;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "Calls from then on: 2026-10-01 (UTC) or 2026-10-01T08:30:00Z.")
    String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description = "Calls before then, in the same forms.")
    String to;

    @Option(names = "--dry-run", description = "Tell what would be corrected; store nothing.")
    boolean dryRun;

    private final Map<String, BigDecimal> costs = new TreeMap<>();
    private final Map<String, BigDecimal> charges = new TreeMap<>();
    private long examined;
    private long corrected;
    private long unpriced;
    private long waiting;

    @Override
    public Integer call() {
        ReRateCallsRequest.Builder request =
                ReRateCallsRequest.newBuilder()
                        .setContract(contract.isEmpty() ? "" : "contracts/" + contract)
                        .setProvider(provider)
                        .setTenant(tenant)
                        .setOccurStartTime(time("--from", from))
                        .setOccurEndTime(time("--to", to))
                        .setDryRun(dryRun);
        try (RunningOperator running = RunningOperator.find(data.folder())) {
            run(running, request);
        }
        print(System.out);
        return 0;
    }

    private static Timestamp time(String option, String text) {
        try {
            Instant moment =
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return Timestamp.newBuilder()
                    .setSeconds(moment.getEpochSecond())
                    .setNanos(moment.getNano())
                    .build();
        } catch (DateTimeParseException malformed) {
            throw new CommandFailure(
                    "%s: %s (expected: 2026-10-01 or 2026-10-01T08:30:00Z)".formatted(option, text),
                    malformed);
        }
    }

    /** Page by page; each page is stored before the next is asked for. */
    private void run(RunningOperator running, ReRateCallsRequest.Builder request) {
        @Nullable ProgressLine progress = null;
        long position = 0;
        String next;
        do {
            PricingServiceBlockingStub pricing = running.client().pricing();
            ReRateCallsResponse page = pricing.reRateCalls(request.build());
            if (progress == null) {
                progress =
                        new ProgressLine(
                                System.out,
                                ProgressLine.Style.ofThisProcess(),
                                "calls looked at",
                                page.getEndPosition());
            }
            add(page);
            progress.advance(Math.max(0, page.getPosition() - position));
            position = page.getPosition();
            next = page.getNextPageToken();
            request.setPageToken(next);
        } while (!next.isEmpty());
        progress.finish();
    }

    private void add(ReRateCallsResponse page) {
        examined += page.getExaminedCalls();
        corrected += page.getCorrectedCalls();
        unpriced += page.getUnpricedCalls();
        waiting += page.getWaitingCalls();
        add(costs, page.getBilledCostDifferencesList());
        add(charges, page.getChargeDifferencesList());
    }

    private static void add(Map<String, BigDecimal> sums, List<Money> differences) {
        for (Money each : differences) {
            sums.merge(each.getCurrencyCode(), new BigDecimal(each.getAmount()), BigDecimal::add);
        }
    }

    private void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%,d calls rated anew, %,d %s%n",
                examined,
                corrected,
                dryRun ? "would be corrected" : "corrected");
        print(out, "cost", costs);
        print(out, "charge", charges);
        if (unpriced > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d calls would have no price now and keep their rating%n",
                    unpriced);
        }
        if (waiting > 0) {
            out.printf(Locale.ROOT, "%,d calls wait for their first price%n", waiting);
        }
    }

    private static void print(PrintStream out, String what, Map<String, BigDecimal> sums) {
        sums.forEach(
                (currency, sum) ->
                        out.printf(
                                Locale.ROOT,
                                "difference of %s: %s %s%n",
                                what,
                                sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString(),
                                currency));
    }
}
