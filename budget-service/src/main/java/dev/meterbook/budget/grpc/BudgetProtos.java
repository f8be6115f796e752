package dev.meterbook.budget.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.budget.application.BudgetStatuses.Status;
import dev.meterbook.budget.axon.BudgetMessages;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Figures.Completeness;
import dev.meterbook.budget.domain.Share;
import dev.meterbook.budget.projection.alert.AlertView;
import dev.meterbook.proto.budget.v1.Alert;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.State;
import java.time.Instant;

/** Budgets, their use and alerts as messages. */
final class BudgetProtos {

    private BudgetProtos() {}

    static Budget toProto(dev.meterbook.budget.domain.Budget budget) {
        return Budget.newBuilder()
                .setName(budget.key().name())
                .addAllScope(BudgetMessages.toProto(budget.scope()))
                .setWindow(BudgetMessages.toProto(budget.window()))
                .setLimit(BudgetMessages.toProto(budget.terms().limit()))
                .addAllThresholdPercents(budget.terms().thresholdPercents())
                .setPolicy(BudgetMessages.toProto(budget.terms().policy()))
                .setDowngradeModel(BudgetMessages.downgradeModel(budget.terms().policy()))
                .setState(budget.isActive() ? State.STATE_ACTIVE : State.STATE_ARCHIVED)
                .setCreateTime(time(budget.createTime()))
                .setUpdateTime(time(budget.updateTime()))
                .build();
    }

    static BudgetStatus toProto(Status status) {
        Amount limit = status.budget().terms().limit();
        Figures figures = status.figures();
        Amount spent = limit.with(figures.spent().value());
        BudgetStatus.Builder message =
                BudgetStatus.newBuilder()
                        .setBudget(status.budget().key().name())
                        .setWindowStartTime(time(status.span().start()))
                        .setLimit(BudgetMessages.toProto(limit))
                        .setSpent(BudgetMessages.toProto(spent))
                        .setHeld(BudgetMessages.toProto(limit.with(figures.held().value())))
                        .setRemaining(BudgetMessages.toProto(figures.remaining(limit)))
                        .setReachedThresholdPercent(reached(status, spent))
                        .setUsedBasisPoints(Share.basisPoints(spent, limit))
                        .setCalls(figures.calls())
                        .setUnpricedCalls(figures.unpricedCalls())
                        .setOtherCurrencyCalls(figures.otherCurrencyCalls())
                        .setComplete(figures.completeness() == Completeness.COMPLETE);
        Instant end = status.span().end();
        if (end != null) {
            message.setWindowEndTime(time(end));
        }
        return message.build();
    }

    private static int reached(Status status, Amount spent) {
        return status.budget().terms().thresholdPercents().reversed().stream()
                .filter(
                        percent ->
                                Share.hasReached(spent, status.budget().terms().limit(), percent))
                .findFirst()
                .orElse(0);
    }

    static Alert toProto(AlertView.Row row) {
        var alert = row.alert();
        return Alert.newBuilder()
                .setName(
                        alert.key().name()
                                + "/alerts/"
                                + alert.windowStart().getEpochSecond()
                                + "-"
                                + alert.percent())
                .setThresholdPercent(alert.percent())
                .setWindowStartTime(time(alert.windowStart()))
                .setSpent(BudgetMessages.toProto(alert.spent()))
                .setLimit(BudgetMessages.toProto(alert.limit()))
                .setCreateTime(time(alert.time()))
                .build();
    }

    static Timestamp time(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
