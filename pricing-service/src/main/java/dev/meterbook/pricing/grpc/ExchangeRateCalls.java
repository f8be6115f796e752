package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.application.CommandDesk;
import dev.meterbook.pricing.domain.ExchangeRate;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceHistory.Known;
import dev.meterbook.pricing.domain.PricingCommand;
import dev.meterbook.pricing.domain.TermChecks;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.proto.pricing.v1.CreateExchangeRateRequest;
import dev.meterbook.proto.pricing.v1.ListExchangeRatesRequest;
import dev.meterbook.proto.pricing.v1.ListExchangeRatesResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers calls about exchange rates; the operator sets them, everyone may read them. */
@Singleton
final class ExchangeRateCalls {

    private final CommandDesk desk;
    private final PriceBooks books;

    ExchangeRateCalls(CommandDesk desk, PriceBooks books) {
        this.desk = desk;
        this.books = books;
    }

    dev.meterbook.proto.pricing.v1.ExchangeRate create(CreateExchangeRateRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        Findings findings = new Findings();
        ExchangeRate rate = fromProto(request, findings);
        Answers.refuseIfAny(findings);
        Answers.refuseIfRefused(desk.decide(new PricingCommand.SetExchangeRate(rate)));
        return books.caughtUp()
                .exchangeRate(rate.id())
                .map(ExchangeRateCalls::toProto)
                .orElseThrow(() -> Refusal.notFound("UNKNOWN_EXCHANGE_RATE", rate.id()));
    }

    private static ExchangeRate fromProto(CreateExchangeRateRequest request, Findings findings) {
        var message = request.getExchangeRate();
        ExchangeRate rate =
                new ExchangeRate(
                        PriceChecks.name(
                                request.getExchangeRateId(),
                                "INVALID_EXCHANGE_RATE_ID",
                                "exchange_rate_id",
                                findings),
                        PriceChecks.currency(
                                message.getFromCurrencyCode(),
                                "exchange_rate.from_currency_code",
                                findings),
                        PriceChecks.currency(
                                message.getToCurrencyCode(),
                                "exchange_rate.to_currency_code",
                                findings),
                        TermChecks.rate(message.getRate(), "exchange_rate.rate", findings),
                        Times.micros(
                                message.getEffectiveStartTime(),
                                "exchange_rate.effective_start_time",
                                findings));
        if (rate.from().equals(rate.to())) {
            findings.add(
                    "SAME_CURRENCY",
                    "exchange_rate.to_currency_code",
                    rate.to().code(),
                    "another currency than " + rate.from().code());
        }
        return rate;
    }

    ListExchangeRatesResponse list(ListExchangeRatesRequest request) {
        var _ = Caller.current().require(Scope.READ);
        int size = Paging.size(request.getPageSize());
        List<Known<ExchangeRate>> page =
                books.history().exchangeRates(Paging.after(request.getPageToken()), size);
        return ListExchangeRatesResponse.newBuilder()
                .addAllExchangeRates(page.stream().map(ExchangeRateCalls::toProto).toList())
                .setNextPageToken(Paging.next(page, size, each -> each.value().id()))
                .build();
    }

    private static dev.meterbook.proto.pricing.v1.ExchangeRate toProto(Known<ExchangeRate> known) {
        ExchangeRate rate = known.value();
        return dev.meterbook.proto.pricing.v1.ExchangeRate.newBuilder()
                .setName("exchangeRates/" + rate.id())
                .setFromCurrencyCode(rate.from().code())
                .setToCurrencyCode(rate.to().code())
                .setRate(Decimals.plain(rate.rate()))
                .setEffectiveStartTime(Times.toProto(rate.fromMicros()))
                .setCreateTime(Times.toProto(known.knownTime()))
                .build();
    }
}
