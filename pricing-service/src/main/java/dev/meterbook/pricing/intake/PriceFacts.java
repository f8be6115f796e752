package dev.meterbook.pricing.intake;

import dev.meterbook.platform.consumer.LogFollower;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.axon.PricingCodecs;
import dev.meterbook.pricing.domain.PriceHistory;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The facts of the price book in memory: follows the pricing log from its beginning. */
@Singleton
final class PriceFacts implements LogFollower {

    private final PriceHistory history = new PriceHistory();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The seed comes first, so that the book is never without list prices. */
    PriceFacts(CatalogueSeed seed) {
        seed.plant();
    }

    @Override
    public String log() {
        return "pricing";
    }

    @Override
    public String service() {
        return "pricing";
    }

    @Override
    public Set<String> eventNames() {
        return PricingCodecs.eventNames();
    }

    @Override
    public void apply(StoredEvent event) {
        history.apply(event.position(), event.recordTime(), PricingCodecs.decode(event));
        listeners.forEach(Runnable::run);
    }

    PriceHistory history() {
        return history;
    }

    /** Runs something whenever the book has grown; it must return quickly. */
    void onGrowth(Runnable listener) {
        listeners.add(listener);
    }
}
