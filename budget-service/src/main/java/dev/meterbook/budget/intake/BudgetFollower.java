package dev.meterbook.budget.intake;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.axon.BudgetCodecs;
import dev.meterbook.platform.consumer.LogFollower;
import dev.meterbook.platform.eventlog.StoredEvent;
import jakarta.inject.Singleton;
import java.util.Set;

/** Takes the events of budgets into the book. */
@Singleton
public final class BudgetFollower implements LogFollower {

    private final BudgetBook book;

    BudgetFollower(BudgetBook book) {
        this.book = book;
    }

    @Override
    public String log() {
        return "budget";
    }

    @Override
    public String service() {
        return "budget";
    }

    @Override
    public Set<String> eventNames() {
        return BudgetCodecs.eventNames();
    }

    @Override
    public void apply(StoredEvent event) {
        book.apply(BudgetCodecs.decode(event), event.position());
    }
}
