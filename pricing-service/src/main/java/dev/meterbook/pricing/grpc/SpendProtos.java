package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.Breakdown;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.Spent;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.domain.charge.Commitment;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatedSpend;
import dev.meterbook.proto.pricing.v1.SpendCount;
import dev.meterbook.proto.pricing.v1.SpendLine;
import dev.meterbook.proto.pricing.v1.TermOwner;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.util.List;

/** What calls added to the spend of periods, on the wire. */
final class SpendProtos {

    private SpendProtos() {}

    static SpendLine toProto(Breakdown.SpendLine line, CurrencyCode charge) {
        Spent spent = line.spent();
        SpendKey key = spent.key();
        SpendLine.Builder message =
                SpendLine.newBuilder()
                        .setOwner(PriceMessages.owner(key.owner()))
                        .setTerm(key.term())
                        .setEffect(line.effect())
                        .setSpendBefore(BreakdownProtos.money(spent.before(), key.currency()))
                        .setSpendAfter(BreakdownProtos.money(spent.after(), key.currency()))
                        .setAmount(BreakdownProtos.money(spent.gross(), key.currency()))
                        .setOwedAmount(BreakdownProtos.money(spent.owed(), key.currency()))
                        .setChargeDifference(
                                BreakdownProtos.money(line.chargeDifference(), charge));
        if (line.term().period() != VolumePeriod.CONTRACT) {
            message.setPeriodStartTime(Times.toProto(key.periodStartMicros()));
        }
        BigDecimal maximum = line.term().maximum();
        if (maximum != null) {
            message.setMaximumAmount(Decimals.plain(maximum));
        }
        Commitment commitment = line.term().commitment();
        if (commitment != null) {
            message.setCommitmentAmount(Decimals.plain(commitment.amount()))
                    .setOverageMultiplier(Decimals.plain(commitment.overageFactor()));
        }
        return message.build();
    }

    /** What a rating says that a call counted. */
    static List<SpendCount> counts(UsageRated event, RatedCall call) {
        return call.getSpendsList().stream().map(each -> count(event, call, each)).toList();
    }

    private static SpendCount count(UsageRated event, RatedCall call, RatedSpend spend) {
        String currency =
                event.getTexts(
                        spend.getOwner() == TermOwner.TERM_OWNER_PLAN
                                ? call.getChargeCurrencyText()
                                : call.getCostCurrencyText());
        return SpendCount.newBuilder()
                .setOwner(spend.getOwner())
                .setTerm(event.getTexts(spend.getTermText()))
                .setSpendBefore(BreakdownProtos.money(spend.getAmountBefore(), currency))
                .setAmount(BreakdownProtos.money(spend.getAmount(), currency))
                .setOwedAmount(BreakdownProtos.money(spend.getOwedAmount(), currency))
                .build();
    }

    /** The spend before a call, as its rating says. */
    static BigDecimal before(List<SpendCount> counts, SpendKey key) {
        return counts.stream()
                .filter(
                        each ->
                                each.getTerm().equals(key.term())
                                        && each.getOwner() == PriceMessages.owner(key.owner()))
                .map(each -> new BigDecimal(each.getSpendBefore().getAmount()))
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }
}
