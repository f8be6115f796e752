package dev.meterbook.ledger.domain;

import static dev.meterbook.ledger.domain.Examples.NOON;
import static dev.meterbook.ledger.domain.Examples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever is granted, settled, invoiced and paid, in any order. */
class CreditPropertyTest {

    enum Kind {
        GRANT,
        CALL,
        SETTLE,
        INVOICE,
        PAY
    }

    /**
     * One step.
     *
     * @param cents an amount of any sign, in thousandths of a dollar
     * @param hours how long until it happens; also how long a credit is good for
     */
    record Step(Kind kind, int cents, int hours) {
        Money amount() {
            return usd(BigDecimal.valueOf(cents, 3).toPlainString());
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.integers().between(-20_000, 60_000),
                        Arbitraries.integers().between(0, 40))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void credits_and_books_agree_after_any_sequence(@ForAll("steps") List<Step> steps) {
        Book book = new Book();
        for (Step step : steps) {
            book.take(step);

            assertThat(book.difference()).isEqualByComparingTo("0");
            assertThat(book.left.values()).allMatch(left -> left.amount().signum() >= 0);
            assertThat(book.balance(AccountType.TENANT_CREDIT))
                    .isEqualByComparingTo(book.sumLeft());
            assertThat(book.balance(AccountType.BILLED_RECEIVABLE))
                    .isEqualByComparingTo(book.sumDue());
        }
    }

    /** One tenant's book in one currency. */
    private static final class Book {

        private final Map<AccountKey, Movement> accounts = new HashMap<>();
        private final Map<String, CreditTerms> granted = new LinkedHashMap<>();
        private final Map<String, Money> left = new LinkedHashMap<>();
        private final SortedMap<BillableKey, BillableSum> billables = new TreeMap<>();
        private final List<Money> due = new ArrayList<>();
        private Instant now = NOON;
        private long count;

        void take(Step step) {
            now = now.plus(Duration.ofHours(step.hours()));
            count++;
            switch (step.kind()) {
                case GRANT -> grant(step);
                case CALL -> call(step.amount());
                case SETTLE -> settle(step.amount());
                case INVOICE -> invoice();
                case PAY -> pay();
            }
        }

        private void grant(Step step) {
            Money amount = step.amount().roundedToMinorUnit();
            if (amount.amount().signum() <= 0) {
                return;
            }
            @Nullable Instant end =
                    step.hours() % 3 == 0 ? null : now.plus(Duration.ofHours(step.hours()));
            CreditKind kind = step.cents() % 2 == 0 ? CreditKind.PURCHASED : CreditKind.PROMOTIONAL;
            CreditTerms terms = new CreditTerms(kind, amount, "", end);
            CreditId id = new CreditId("acme", "c" + count);
            granted.put(id.id(), terms);
            left.put(id.id(), amount);
            move(List.of(ReasonedTransfer.ofGrant(new CreditGranted(id, terms, now))));
        }

        private void call(Money charge) {
            PostingBatch batch = new PostingBatch();
            batch.add(
                    Examples.call(
                            RatingKind.INITIAL, "acme", count, NOON, "gpt-4o", charge, charge));
            add(batch);
        }

        private void settle(Money amount) {
            if (amount.isZero()) {
                return;
            }
            BillingPeriod month = Examples.OCTOBER;
            PostingBatch batch = new PostingBatch();
            for (String tenant : List.of("acme", "")) {
                batch.add(
                        new Settlement(
                                count,
                                now,
                                tenant.isEmpty() ? "azure" : "",
                                tenant,
                                ChargeKind.MINIMUM,
                                "floor",
                                "v1",
                                month.start(),
                                month.end(),
                                amount));
            }
            add(batch);
        }

        private void add(PostingBatch batch) {
            move(batch.movements());
            batch.billables().forEach((key, sum) -> billables.merge(key, sum, BillableSum::plus));
        }

        private void invoice() {
            InvoiceLines lines = InvoiceLines.close(CurrencyCode.USD, billables);
            List<OpenCredit> open = new ArrayList<>();
            left.forEach(
                    (id, rest) -> {
                        CreditTerms terms = granted.get(id);
                        if (!rest.isZero() && terms != null) {
                            open.add(new OpenCredit(id, rest, terms.expireTime()));
                        }
                    });
            CreditPayments payments = CreditPayments.of(lines.total(), open, now);
            for (CreditPayment payment : payments.payments()) {
                CreditTerms terms = granted.get(payment.credit());
                assertThat(terms != null && !terms.hasExpired(now)).isTrue();
                left.merge(payment.credit(), payment.amount().negated(), Money::plus);
            }
            move(ReasonedTransfer.ofIssue("acme", lines));
            move(ReasonedTransfer.ofCredits("acme", payments));
            due.add(lines.total().minus(payments.total()));
            billables.clear();
        }

        private void pay() {
            if (!due.isEmpty()) {
                move(ReasonedTransfer.ofPayment("acme", due.removeFirst()));
            }
        }

        private void move(List<ReasonedTransfer> transfers) {
            move(ReasonedTransfer.movements(transfers));
        }

        private void move(Map<AccountKey, Movement> movements) {
            movements.forEach((key, sums) -> accounts.merge(key, sums, Movement::plus));
        }

        BigDecimal difference() {
            return accounts.values().stream()
                    .map(sums -> sums.debits().subtract(sums.credits()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal balance(AccountType type) {
            return accounts.getOrDefault(
                            AccountKey.ofTenant(type, "acme", CurrencyCode.USD), Movement.NONE)
                    .balance(type.side());
        }

        BigDecimal sumLeft() {
            return sum(left.values());
        }

        BigDecimal sumDue() {
            return sum(due);
        }

        private static BigDecimal sum(Iterable<Money> amounts) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Money amount : amounts) {
                sum = sum.add(amount.amount());
            }
            return sum;
        }
    }
}
