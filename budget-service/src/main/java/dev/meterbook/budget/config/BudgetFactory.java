package dev.meterbook.budget.config;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.admission.CachedPrices;
import dev.meterbook.budget.application.admission.Prices;
import dev.meterbook.budget.application.counting.Backfill;
import dev.meterbook.budget.application.counting.CounterKeeper;
import dev.meterbook.budget.application.counting.Epochs;
import dev.meterbook.budget.application.counting.Rebuild;
import dev.meterbook.budget.application.counting.Settlement;
import dev.meterbook.budget.application.counting.SpendCounters;
import dev.meterbook.budget.application.counting.ThresholdWatch;
import dev.meterbook.budget.application.counting.Upkeep;
import dev.meterbook.budget.grpc.QuotedPrices;
import dev.meterbook.budget.intake.PricingRatingLog;
import dev.meterbook.budget.intake.RatingCount;
import dev.meterbook.budget.projection.hold.StoredHolds;
import dev.meterbook.budget.redis.PresentEpoch;
import dev.meterbook.budget.redis.RedisCounters;
import dev.meterbook.budget.redis.RedisLink;
import dev.meterbook.budget.redis.RedisSpendCounters;
import dev.meterbook.platform.consumer.DeadLetters;
import dev.meterbook.platform.consumer.LogTails;
import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc;
import io.grpc.ManagedChannel;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.grpc.annotation.GrpcChannel;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** What the budget service makes of its database, its Redis and the price service. */
@Factory
final class BudgetFactory {

    @Singleton
    PresentEpoch presentEpoch() {
        return new PresentEpoch();
    }

    @Singleton
    @Named("budget-holds")
    @Bean(preDestroy = "close")
    RedisLink linkForHolds(BudgetSettings settings) {
        return new RedisLink(settings.redisUrl(), Duration.ofMillis(settings.holdTimeoutMillis()));
    }

    @Singleton
    @Named("budget-counting")
    @Bean(preDestroy = "close")
    RedisLink linkForCounting(BudgetSettings settings) {
        return new RedisLink(settings.redisUrl(), Duration.ofMillis(settings.countTimeoutMillis()));
    }

    @Singleton
    RedisCounters counters(@Named("budget-holds") RedisLink link, PresentEpoch present) {
        return new RedisCounters(link, present);
    }

    @Singleton
    RedisSpendCounters spendCounters(
            @Named("budget-counting") RedisLink link, PresentEpoch present) {
        return new RedisSpendCounters(link, present);
    }

    @Singleton
    @Bean(preDestroy = "close")
    StoredHolds holdJournal(@Named("budget") Database database) {
        return new StoredHolds(database);
    }

    @Singleton
    DeadLetters setAside() {
        return new DeadLetters(RatingCount.NAME, "pricing");
    }

    @Singleton
    PricingRatingLog ratingLog(@Named("budget") Database database, DeadLetters setAside) {
        return new PricingRatingLog(database, setAside);
    }

    @Singleton
    RatingCount ratingCount(
            @Named("budget") Database database,
            DeadLetters setAside,
            CounterKeeper keeper,
            Settlement settlement) {
        return new RatingCount(database, setAside, keeper, settlement);
    }

    @Singleton
    Prices prices(@GrpcChannel("pricing") ManagedChannel channel, Clock clock) {
        return new CachedPrices(
                new QuotedPrices(PricingServiceGrpc.newBlockingStub(channel)), clock);
    }

    @Singleton
    CounterKeeper.Works works(
            Rebuild rebuild,
            Backfill backfill,
            Settlement settlement,
            ThresholdWatch watch,
            Upkeep upkeep) {
        return new CounterKeeper.Works(rebuild, backfill, settlement, watch, upkeep);
    }

    @Singleton
    CounterKeeper keeper(
            SpendCounters counters,
            Epochs epochs,
            BudgetBook book,
            Supplier<UUID> ids,
            CounterKeeper.Works works) {
        return new CounterKeeper(counters, epochs, book, ids, works);
    }

    /** Begins to count when the book is complete: tails are made with the context. */
    @Context
    @Bean(preDestroy = "close")
    CountingLoop countingLoop(
            CounterKeeper keeper, LogTails complete, @Named("budget") WakeUps wakeUps) {
        return new CountingLoop(keeper, wakeUps);
    }
}
