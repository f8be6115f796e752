package dev.meterbook.ledger.grpc;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.CreditKind;
import dev.meterbook.ledger.domain.CreditTerms;
import dev.meterbook.ledger.projection.credit.CreditView.Standing;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.ledger.v1.GrantTenantCreditRequest;
import dev.meterbook.proto.ledger.v1.TenantCredit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Credits as messages. */
final class CreditProtos {

    /** Digits before the point of an amount at most. */
    private static final int MAX_WHOLE_DIGITS = 15;

    private CreditProtos() {}

    /**
     * What a request asks to grant.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it cannot be granted as it is
     */
    static CreditTerms fromProto(GrantTenantCreditRequest request) {
        String note = request.getNote();
        if (note.codePointCount(0, note.length()) > CreditTerms.MAX_NOTE_LENGTH
                || note.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(
                    "INVALID_NOTE",
                    "note",
                    note.length() + " characters",
                    "at most " + CreditTerms.MAX_NOTE_LENGTH + " characters, none of control");
        }
        return new CreditTerms(
                kind(request), amount(request.getAmount()), note, expireTime(request));
    }

    private static CreditKind kind(GrantTenantCreditRequest request) {
        return CreditKind.ofCode(request.getKindValue())
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "INVALID_KIND",
                                        "kind",
                                        Integer.toString(request.getKindValue()),
                                        "purchased or promotional"));
    }

    private static Money amount(dev.meterbook.proto.type.v1.Money proto) {
        CurrencyCode currency =
                CurrencyCode.parse(proto.getCurrencyCode())
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "INVALID_CURRENCY",
                                                "amount.currency_code",
                                                proto.getCurrencyCode(),
                                                "ISO 4217 code such as USD"));
        Optional<BigDecimal> parsed = Decimals.parse(proto.getAmount());
        return parsed.filter(amount -> isGrantable(amount, currency))
                .map(amount -> new Money(amount, currency))
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "INVALID_AMOUNT",
                                        "amount.amount",
                                        proto.getAmount(),
                                        "above 0, below 10^%d, at most %d decimals"
                                                .formatted(
                                                        MAX_WHOLE_DIGITS, currency.minorDigits())));
    }

    private static boolean isGrantable(BigDecimal amount, CurrencyCode currency) {
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.signum() > 0
                && plain.scale() <= currency.minorDigits()
                && plain.precision() - plain.scale() <= MAX_WHOLE_DIGITS;
    }

    private static @Nullable Instant expireTime(GrantTenantCreditRequest request) {
        return request.hasExpireTime()
                ? Moments.of("expire_time", request.getExpireTime()).truncatedTo(ChronoUnit.MICROS)
                : null;
    }

    static TenantCredit toProto(Standing standing) {
        CreditGranted granted = standing.granted();
        TenantCredit.Builder proto =
                TenantCredit.newBuilder()
                        .setName(granted.id().resourceName())
                        .setKindValue(granted.terms().kind().code())
                        .setAmount(LedgerProtos.money(granted.terms().amount()))
                        .setRemaining(LedgerProtos.money(standing.remaining()))
                        .setNote(granted.terms().note())
                        .setGrantTime(LedgerProtos.timestamp(granted.grantTime()));
        Instant expireTime = granted.terms().expireTime();
        if (expireTime != null) {
            proto.setExpireTime(LedgerProtos.timestamp(expireTime));
        }
        return proto.build();
    }
}
