package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.BookReader.Allocated;
import dev.meterbook.allinone.demo.DemoReport.Check;
import dev.meterbook.allinone.demo.DemoReport.TenantRow;
import dev.meterbook.proto.ledger.v1.CurrencyBalance;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds against each other what the stages say about the calls that were played. */
final class DemoChecks {

    private final BookReader book;
    private final PriceBook prices;

    DemoChecks(BookReader book, PriceBook prices) {
        this.book = book;
        this.prices = prices;
    }

    /** What the stages say about one tenant. */
    private record Findings(
            Company company,
            Tally tally,
            Map<Long, Amounts> postings,
            Map<Long, Amounts> ratings,
            Set<Long> unpriced,
            Allocated allocated) {

        long waiting() {
            return tally.played().stream()
                    .filter(call -> unpriced.contains(call.position()))
                    .count();
        }

        Amounts booked() {
            return tally.played().stream()
                    .map(call -> postings.getOrDefault(call.position(), Amounts.NONE))
                    .reduce(Amounts.NONE, Amounts::plus);
        }

        TenantRow row() {
            List<PlayedCall> played = tally.played();
            return new TenantRow(
                    company.id(),
                    played.size(),
                    tally.recorded(),
                    played.stream().mapToLong(PlayedCall::inputTokens).sum(),
                    played.stream().mapToLong(PlayedCall::outputTokens).sum(),
                    booked(),
                    tally.held(),
                    tally.denied(),
                    waiting());
        }
    }

    /** A row for each tenant, and the checks over all of them. */
    DemoReport report(Map<Company, Tally> tallies) {
        List<Findings> findings = new ArrayList<>();
        tallies.forEach((company, tally) -> findings.add(find(company, tally)));
        return new DemoReport(
                findings.stream().map(Findings::row).toList(),
                List.of(),
                List.of(
                        answered(findings),
                        balanced(),
                        bookedAsRated(findings),
                        allocatedAsBooked(findings),
                        ratedOnce(findings),
                        exact(findings)),
                List.of());
    }

    private Findings find(Company company, Tally tally) {
        List<Long> positions = tally.played().stream().map(PlayedCall::position).toList();
        Map<Long, Amounts> ratings = new HashMap<>();
        for (Rating rating : book.ratings(company, positions)) {
            if (rating.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
                ratings.merge(rating.getUsagePosition(), amounts(rating), Amounts::plus);
            }
        }
        return new Findings(
                company,
                tally,
                book.postings(company),
                ratings,
                book.unpriced(company),
                book.allocated(company));
    }

    private static Amounts amounts(Rating rating) {
        return new Amounts(
                BookReader.decimal(rating.getBilledCost().getAmount()),
                BookReader.decimal(rating.getCharge().getAmount()));
    }

    private static Check answered(List<Findings> findings) {
        long refused = findings.stream().mapToLong(each -> each.tally.refused()).sum();
        List<String> some =
                findings.stream().flatMap(each -> each.tally.refusals().stream()).limit(3).toList();
        long recorded = findings.stream().mapToLong(each -> each.tally.recorded()).sum();
        long duplicates = findings.stream().mapToLong(each -> each.tally.duplicates()).sum();
        return new Check(
                "every call was recorded, or had been before",
                refused == 0,
                "%,d recorded, %,d duplicates, %,d refused %s"
                        .formatted(recorded, duplicates, refused, some.isEmpty() ? "" : some));
    }

    private Check balanced() {
        List<CurrencyBalance> currencies = book.trialBalance().getCurrenciesList();
        boolean zero =
                currencies.stream()
                        .allMatch(
                                each ->
                                        BookReader.decimal(each.getDifference().getAmount())
                                                                .signum()
                                                        == 0
                                                && BookReader.decimal(each.getDebits().getAmount())
                                                                .compareTo(
                                                                        BookReader.decimal(
                                                                                each.getCredits()
                                                                                        .getAmount()))
                                                        == 0);
        return new Check(
                "the ledger balances",
                zero && !currencies.isEmpty(),
                String.join(
                        ", ",
                        currencies.stream()
                                .map(
                                        each ->
                                                "debits = credits = %s %s"
                                                        .formatted(
                                                                each.getDebits().getAmount(),
                                                                each.getDebits().getCurrencyCode()))
                                .toList()));
    }

    private static Check bookedAsRated(List<Findings> findings) {
        Amounts booked = sum(findings.stream().map(Findings::booked).toList());
        Amounts rated =
                sum(findings.stream().flatMap(each -> each.ratings.values().stream()).toList());
        return new Check(
                "the postings are the rated calls",
                booked.isSameAs(rated),
                "cost / charge: booked %s, rated %s".formatted(booked, rated));
    }

    private Check allocatedAsBooked(List<Findings> findings) {
        Amounts allocated = sum(findings.stream().map(each -> each.allocated.amounts()).toList());
        Amounts booked =
                sum(findings.stream().flatMap(each -> each.postings.values().stream()).toList());
        BigDecimal accounts = BigDecimal.ZERO;
        for (Findings each : findings) {
            accounts = accounts.add(book.balance(each.company, "usage_cost"));
        }
        return new Check(
                "allocated costs are the postings and the accounts",
                allocated.isSameAs(booked) && accounts.compareTo(booked.cost()) == 0,
                "cost / charge: allocated %s, booked %s, usage_cost %s"
                        .formatted(allocated, booked, BookReader.plain(accounts)));
    }

    private static Check ratedOnce(List<Findings> findings) {
        long recorded = 0;
        long rated = 0;
        long waiting = 0;
        boolean allocatedToo = true;
        for (Findings each : findings) {
            recorded += each.tally.played().size();
            rated += each.ratings.size();
            waiting += each.waiting();
            allocatedToo &=
                    each.allocated.calls() == each.postings.size() + (long) each.unpriced.size();
        }
        return new Check(
                "recorded calls = rated + unpriced",
                recorded == rated + waiting && allocatedToo,
                "%,d = %,d + %,d".formatted(recorded, rated, waiting));
    }

    /** Call by call: a sum could hide two errors. */
    private Check exact(List<Findings> findings) {
        Amounts reckoned = Amounts.NONE;
        String wrong = "";
        for (Findings each : findings) {
            for (PlayedCall call : each.tally.played()) {
                Amounts expected = expected(call, each.company);
                reckoned = reckoned.plus(expected);
                Amounts posted = each.postings.getOrDefault(call.position(), Amounts.NONE);
                if (wrong.isEmpty() && !posted.isSameAs(expected)) {
                    wrong =
                            "; position %d of %s: booked %s, expected %s"
                                    .formatted(
                                            call.position(), each.company.id(), posted, expected);
                }
            }
        }
        return new Check(
                "cost and charge are exact to the last digit",
                wrong.isEmpty(),
                "tokens x prices = %s%s".formatted(reckoned, wrong));
    }

    private Amounts expected(PlayedCall call, Company company) {
        Optional<BigDecimal> cost = prices.cost(call);
        return cost.map(exact -> new Amounts(exact, PriceBook.charge(exact, company)))
                .orElse(Amounts.NONE);
    }

    private static Amounts sum(List<Amounts> amounts) {
        return amounts.stream().reduce(Amounts.NONE, Amounts::plus);
    }
}
