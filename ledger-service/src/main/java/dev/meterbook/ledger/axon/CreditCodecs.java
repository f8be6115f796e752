package dev.meterbook.ledger.axon;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.CreditId;
import dev.meterbook.ledger.domain.CreditKind;
import dev.meterbook.ledger.domain.CreditTerms;
import dev.meterbook.platform.axon.EventCodec;
import dev.meterbook.platform.eventlog.EventType;
import java.io.IOException;
import java.time.Instant;

/** How the events of credits are stored. */
final class CreditCodecs {

    static final EventCodec<CreditGranted> GRANTED =
            new EventCodec<>(
                    EventType.of("ledger.CreditGranted"),
                    CreditGranted.class,
                    event -> event.id().tenant(),
                    CreditCodecs::encode,
                    CreditCodecs::granted);

    /** Stored for a credit that does not expire. */
    private static final long NEVER = 0;

    private CreditCodecs() {}

    private static byte[] encode(CreditGranted event) {
        CreditTerms terms = event.terms();
        Instant expireTime = terms.expireTime();
        return dev.meterbook.proto.ledger.v1.CreditGranted.newBuilder()
                .setTenant(event.id().tenant())
                .setCredit(event.id().id())
                .setKind(terms.kind().code())
                .setCurrencyCode(terms.amount().currency().code())
                .setAmount(terms.amount().plainAmount())
                .setNote(terms.note())
                .setExpireTimeMicros(expireTime == null ? NEVER : Stored.micros(expireTime))
                .setGrantTimeMicros(Stored.micros(event.grantTime()))
                .build()
                .toByteArray();
    }

    private static CreditGranted granted(byte[] bytes) throws IOException {
        var stored = dev.meterbook.proto.ledger.v1.CreditGranted.parseFrom(bytes);
        long expireMicros = stored.getExpireTimeMicros();
        return new CreditGranted(
                new CreditId(stored.getTenant(), stored.getCredit()),
                new CreditTerms(
                        Stored.readable(CreditKind.ofCode(stored.getKind()), stored.getKind()),
                        Stored.money(stored.getAmount(), CurrencyCode.of(stored.getCurrencyCode())),
                        stored.getNote(),
                        expireMicros == NEVER ? null : Stored.moment(expireMicros)),
                Stored.moment(stored.getGrantTimeMicros()));
    }
}
