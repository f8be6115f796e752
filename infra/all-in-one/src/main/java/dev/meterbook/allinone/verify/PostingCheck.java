package dev.meterbook.allinone.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.allinone.verify.PostingRows.Posting;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Holds every posting against the rating that it is made of: there is one for each rated call, with
 * its accounts, time and amounts, and no other.
 */
final class PostingCheck {

    private static final String WHAT = "every rated call is posted once";
    private static final Set<String> USAGE_RATED = Set.of("pricing.UsageRated");
    private static final int PAGE = 100;

    private final Connection ledger;
    private final LongConsumer progress;
    private final TreeMap<Long, String> unpriced = new TreeMap<>();
    private long postings;

    /**
     * A check.
     *
     * @param ledger of the ledger's role, in a transaction with one snapshot
     * @param progress told how many positions of the rating log were passed more
     */
    PostingCheck(Connection ledger, LongConsumer progress) {
        this.ledger = ledger;
        this.progress = progress;
    }

    Finding check() throws SQLException {
        Optional<String> wrong = checkPostings();
        if (wrong.isEmpty()) {
            wrong = checkUnpriced();
        }
        return wrong.map(detail -> Finding.wrong(WHAT, detail))
                .orElseGet(
                        () ->
                                Finding.ok(
                                        WHAT,
                                        "%,d postings, %,d calls wait for a price"
                                                .formatted(postings, unpriced.size())));
    }

    private Optional<String> checkPostings() throws SQLException {
        EventReader reader = new EventReader("pricing");
        long head = reader.head(ledger);
        long position = 0;
        try (PostingRows rows = new PostingRows(ledger)) {
            List<StoredEvent> page = reader.read(ledger, position, head, PAGE, USAGE_RATED);
            while (!page.isEmpty()) {
                for (StoredEvent event : page) {
                    Optional<String> wrong = check(event, rows);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                }
                progress.accept(page.getLast().position() - position);
                position = page.getLast().position();
                page = reader.read(ledger, position, head, PAGE, USAGE_RATED);
            }
            return rows.nextRating() == Long.MAX_VALUE
                    ? Optional.empty()
                    : Optional.of(noSuchRating(rows.nextRating()));
        } finally {
            progress.accept(head - position);
        }
    }

    private static String noSuchRating(long position) {
        return "a posting names position %d of the rating log, which rates no call"
                .formatted(position);
    }

    private Optional<String> check(StoredEvent event, PostingRows rows) throws SQLException {
        if (rows.nextRating() < event.position()) {
            return Optional.of(noSuchRating(rows.nextRating()));
        }
        List<Posting> expected;
        try {
            expected = postings(UsageRated.parseFrom(event.payload()));
        } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
            return Optional.of("rating log, position " + event.position() + ": not readable");
        }
        List<Posting> found = rows.of(event.position());
        postings += found.size();
        return difference(expected, found)
                .map(wrong -> "rating log, position " + event.position() + ": " + wrong);
    }

    private List<Posting> postings(UsageRated rated) {
        if (rated.getKind() == RatingKind.RATING_KIND_INITIAL) {
            rated.getCallsList().stream()
                    .filter(Predicate.not(PostingCheck::isPriced))
                    .forEach(
                            call ->
                                    unpriced.put(
                                            call.getUsagePosition(),
                                            rated.getTexts(call.getTenantText())));
        } else if (rated.getKind() == RatingKind.RATING_KIND_LATE) {
            rated.getCallsList().forEach(call -> unpriced.remove(call.getUsagePosition()));
        }
        return rated.getCallsList().stream()
                .filter(PostingCheck::isPriced)
                .map(call -> posting(rated, call))
                .sorted(Comparator.comparingLong(Posting::usagePosition))
                .toList();
    }

    private static boolean isPriced(RatedCall call) {
        return call.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED;
    }

    private static Posting posting(UsageRated rated, RatedCall call) {
        return new Posting(
                call.getUsagePosition(),
                rated.getTexts(call.getTenantText()),
                rated.getTexts(call.getContractText()),
                rated.getTexts(call.getCostCurrencyText())
                        + "/"
                        + rated.getTexts(call.getChargeCurrencyText()),
                rated.getBaseTimeMicros() + call.getOccurTimeOffsetMicros(),
                amount(call.getBilledCost()),
                amount(call.getCharge()));
    }

    private static BigDecimal amount(String text) {
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    /** The first posting that is missing, too much or another one. */
    private static Optional<String> difference(List<Posting> expected, List<Posting> found) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            if (i >= found.size()
                    || (i < expected.size()
                            && expected.get(i).usagePosition() < found.get(i).usagePosition())) {
                Posting missing = expected.get(i);
                return Optional.of(
                        "call %d of %s is not posted (or set aside: ./meterbook dead-letters)"
                                .formatted(missing.usagePosition(), missing.tenant()));
            }
            if (i >= expected.size()
                    || found.get(i).usagePosition() < expected.get(i).usagePosition()) {
                return Optional.of(
                        "call %d is posted, but not rated there"
                                .formatted(found.get(i).usagePosition()));
            }
            if (!found.get(i).equals(expected.get(i))) {
                return Optional.of(
                        "call %d is posted as: %s (expected: %s)"
                                .formatted(
                                        found.get(i).usagePosition(),
                                        found.get(i),
                                        expected.get(i)));
            }
        }
        return Optional.empty();
    }

    private Optional<String> checkUnpriced() throws SQLException {
        TreeMap<Long, String> left = new TreeMap<>(unpriced);
        try (Statement statement = ledger.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select usage_position, tenant_id from ledger.unpriced_posting"
                                        + " order by 1")) {
            while (rows.next()) {
                if (!rows.getString(2).equals(left.remove(rows.getLong(1)))) {
                    return Optional.of(
                            "call %d waits for a price in the ledger, but not by its ratings"
                                    .formatted(rows.getLong(1)));
                }
            }
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "call %d waits for a price by its ratings, but not in the ledger"
                                .formatted(left.firstKey()));
    }
}
