package dev.meterbook.budget.intake;

import dev.meterbook.budget.application.BudgetFollowing;
import dev.meterbook.platform.consumer.LogTail;
import dev.meterbook.platform.consumer.LogTails;
import jakarta.inject.Singleton;

/** Lets the book be read up to the head of the log when that matters. */
@Singleton
final class FollowedBudgets implements BudgetFollowing {

    private final LogTail tail;

    FollowedBudgets(BudgetFollower follower, LogTails tails) {
        this.tail = tails.of(follower);
    }

    @Override
    public void catchUp() {
        tail.catchUp();
    }
}
