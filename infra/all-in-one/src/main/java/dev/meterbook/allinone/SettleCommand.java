package dev.meterbook.allinone;

import dev.meterbook.proto.pricing.v1.PeriodSettlement;
import dev.meterbook.proto.pricing.v1.SettlePeriodsRequest;
import dev.meterbook.proto.pricing.v1.SettlePeriodsResponse;
import dev.meterbook.proto.type.v1.Money;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settles minimums and commitments of periods that are over. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        description =
                "Stores what periods that are over owe beside their calls: what is missing to the"
                        + " minimums and commitments of contracts and plans. A second run finds"
                        + " nothing; what comes late is put right by the next. Needs a running"
                        + " Meterbook of the same data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SettleCommand implements Callable<Integer> {

    private static final int PAGE_SIZE = 1_000;

    @Mixin SystemOptions.DataOption data;

    @Option(
            names = "--month",
            defaultValue = "",
            paramLabel = "YYYY-MM",
            description = "The month whose periods are meant; last month if not told.")
    String month;

    @Option(names = "--dry-run", description = "Tell what would be settled; store nothing.")
    boolean dryRun;

    @Override
    public Integer call() {
        SettlePeriodsRequest.Builder request =
                SettlePeriodsRequest.newBuilder()
                        .setMonth(month)
                        .setDryRun(dryRun)
                        .setPageSize(PAGE_SIZE);
        int settled = 0;
        try (RunningOperator running = RunningOperator.find(data.folder())) {
            String next;
            do {
                SettlePeriodsResponse page =
                        running.client().pricing().settlePeriods(request.build());
                page.getSettlementsList().forEach(each -> print(System.out, each));
                settled += page.getSettlementsCount();
                next = page.getNextPageToken();
                request.setPageToken(next);
            } while (!next.isEmpty());
        }
        System.out.printf(
                Locale.ROOT, "%,d periods %s%n", settled, dryRun ? "would be settled" : "settled");
        return 0;
    }

    private static void print(PrintStream out, PeriodSettlement settlement) {
        out.printf(
                Locale.ROOT,
                "%s %s, %s to %s: spent %s, owed %s beside it, settled now %s (%s)%n",
                settlement.getOwner(),
                settlement.getTerm(),
                day(settlement.getPeriodStartTime().getSeconds()),
                day(settlement.getPeriodEndTime().getSeconds() - 1),
                text(settlement.getSpend()),
                text(settlement.getOwed()),
                text(settlement.getAmount()),
                switch (settlement.getReason()) {
                    case SETTLEMENT_REASON_MINIMUM -> "minimum";
                    case SETTLEMENT_REASON_COMMITMENT_SHORTFALL -> "commitment";
                    case SETTLEMENT_REASON_UNSPECIFIED, UNRECOGNIZED -> "other";
                });
    }

    private static String day(long seconds) {
        return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String text(Money money) {
        return money.getAmount() + " " + money.getCurrencyCode();
    }
}
