package dev.meterbook.budget;

import dev.meterbook.budget.application.admission.AuthorizeQuestion;
import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.TokenNeed;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Questions of acme about calls of model "large", to be held for two minutes. */
public final class Ask {

    private final CallDimensions.Builder dimensions =
            CallDimensions.builder()
                    .set(Dimension.TENANT, "acme")
                    .set(Dimension.APPLICATION, "chat")
                    .set(Dimension.PROVIDER, "openai")
                    .set(Dimension.MODEL, "large");
    private String requestId = "";
    private Optional<TokenNeed> tokens = Optional.empty();
    private Optional<Money> maxAmount = Optional.empty();
    private Optional<Instant> occurTime = Optional.empty();

    private Ask() {}

    /** A call of so many tokens. */
    public static Ask tokens(long input, long maxOutput) {
        Ask ask = new Ask();
        ask.tokens = Optional.of(new TokenNeed(input, maxOutput, Math.min(1, maxOutput)));
        return ask;
    }

    /** A call that costs so much at worst. */
    public static Ask dollars(String maxAmount) {
        Ask ask = new Ask();
        ask.maxAmount = Optional.of(Money.of(maxAmount, CurrencyCode.USD));
        return ask;
    }

    public Ask with(Dimension dimension, String value) {
        var _ = dimensions.set(dimension, value);
        return this;
    }

    public Ask model(String model) {
        return with(Dimension.MODEL, model);
    }

    public Ask as(String id) {
        requestId = id;
        return this;
    }

    public Ask at(String moment) {
        occurTime = Optional.of(Instant.parse(moment));
        return this;
    }

    public Ask worth(String amount) {
        maxAmount = Optional.of(Money.of(amount, CurrencyCode.USD));
        return this;
    }

    public AuthorizeQuestion question() {
        return new AuthorizeQuestion(
                requestId,
                dimensions.build(),
                0,
                tokens,
                maxAmount,
                Duration.ofMinutes(2),
                occurTime);
    }
}
