package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.application.admission.Authorization.Grant;
import dev.meterbook.budget.application.admission.Authorization.Limitation;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A granted answer as one short text, kept with the hold so that a repeated question gets the same
 * answer. Left out is what cannot be said again: remaining amounts and warnings.
 */
final class GrantText {

    private static final int PARTS = 7;

    private GrantText() {}

    static String write(Authorization answer, Grant grant) {
        return String.join(
                "|",
                answer.verdict().name(),
                answer.model(),
                answer.maxOutputTokens().isPresent()
                        ? Long.toString(answer.maxOutputTokens().getAsLong())
                        : "",
                grant.amount().map(Money::plainAmount).orElse(""),
                grant.amount().map(amount -> amount.currency().code()).orElse(""),
                Long.toString(grant.tokens()),
                answer.limitedBy().map(limit -> limit.budget().uid()).orElse(""));
    }

    static Authorization read(String text, String holdId, Instant expireTime) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("answer: " + text + " (expected: 7 parts)");
        }
        Grant grant = new Grant(holdId, expireTime, money(parts), Long.parseLong(parts[5]));
        return new Authorization(
                Verdict.valueOf(parts[0]),
                Optional.of(grant),
                parts[1],
                parts[2].isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(parts[2])),
                limitation(parts[6]),
                List.of());
    }

    private static Optional<Money> money(String[] parts) {
        return parts[3].isEmpty()
                ? Optional.empty()
                : Optional.of(Money.of(parts[3], CurrencyCode.of(parts[4])));
    }

    private static Optional<Limitation> limitation(String uid) {
        return uid.isEmpty()
                ? Optional.empty()
                : Optional.of(Limitation.of(BudgetKey.ofUid(uid), LimitationReason.LIMIT_REACHED));
    }
}
