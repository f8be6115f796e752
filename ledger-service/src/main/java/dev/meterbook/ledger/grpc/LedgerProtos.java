package dev.meterbook.ledger.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.AccountType;
import dev.meterbook.ledger.domain.Movement;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountBalance;
import dev.meterbook.ledger.projection.account.TrialBalanceSnapshot;
import dev.meterbook.ledger.projection.posting.BookedCall;
import dev.meterbook.ledger.projection.posting.BookedCall.SignedTransfer;
import dev.meterbook.ledger.projection.transfer.BookedTransfer;
import dev.meterbook.proto.ledger.v1.Account;
import dev.meterbook.proto.ledger.v1.CurrencyBalance;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.ledger.v1.SettledTerm;
import dev.meterbook.proto.ledger.v1.Transfer;
import dev.meterbook.proto.ledger.v1.TransferReason;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import dev.meterbook.proto.ledger.v1.TypeBalance;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands in the book, as messages. */
final class LedgerProtos {

    private LedgerProtos() {}

    static Account toProto(AccountBalance account) {
        AccountKey key = account.key();
        String currency = key.currency().code();
        Movement sums = account.sums();
        return Account.newBuilder()
                .setName(Names.of(key))
                .setTypeValue(key.type().code())
                .setContract(key.contract())
                .setDebits(money(sums.debits(), currency))
                .setCredits(money(sums.credits(), currency))
                .setBalance(money(sums.balance(key.type().side()), currency))
                .build();
    }

    static TrialBalance toProto(TrialBalanceSnapshot balance) {
        TrialBalance.Builder proto =
                TrialBalance.newBuilder()
                        .setName("trialBalance")
                        .setRatingPosition(balance.ratingPosition())
                        .setBookedCallCount(balance.bookedCalls())
                        .setUnpricedCallCount(balance.unpricedCalls())
                        .setOmittedAccountCount(balance.accountCount() - balance.accounts().size());
        balance.currencies()
                .forEach(
                        (code, byType) -> {
                            Movement total = balance.total(CurrencyCode.of(code));
                            CurrencyBalance.Builder currency = currency(code, total);
                            byType.forEach(
                                    (type, sums) -> currency.addTypes(type(type, sums, code)));
                            proto.addCurrencies(currency);
                        });
        balance.accounts().forEach(account -> proto.addAccounts(toProto(account)));
        return proto.build();
    }

    private static CurrencyBalance.Builder currency(String code, Movement total) {
        return CurrencyBalance.newBuilder()
                .setDebits(money(total.debits(), code))
                .setCredits(money(total.credits(), code))
                .setDifference(money(total.debits().subtract(total.credits()), code));
    }

    private static TypeBalance type(AccountType type, Movement sums, String currency) {
        return TypeBalance.newBuilder()
                .setTypeValue(type.code())
                .setDebits(money(sums.debits(), currency))
                .setCredits(money(sums.credits(), currency))
                .setBalance(money(sums.balance(type.side()), currency))
                .build();
    }

    static Posting toProto(BookedCall call) {
        SignedTransfer cost = call.cost();
        SignedTransfer charge = call.charge();
        boolean correction = call.kind() == BookedCall.Kind.CORRECTION;
        String suffix = correction ? ":" + call.ratingPosition() : "";
        return Posting.newBuilder()
                .setName("tenants/" + call.tenant() + "/postings/" + call.usagePosition() + suffix)
                .setOccurTime(timestamp(call.occurTime()))
                .setUsagePosition(call.usagePosition())
                .setRatingPosition(call.ratingPosition())
                .setCorrection(correction)
                .setCost(money(cost.amount(), cost.currency()))
                .setCharge(money(charge.amount(), charge.currency()))
                .addTransfers(transfer(cost, TransferReason.TRANSFER_REASON_COST))
                .addTransfers(transfer(charge, TransferReason.TRANSFER_REASON_CHARGE))
                .build();
    }

    private static Transfer transfer(SignedTransfer transfer, TransferReason reason) {
        return Transfer.newBuilder()
                .setDebitAccount(nameOf(transfer.debit()))
                .setCreditAccount(nameOf(transfer.credit()))
                .setAmount(money(transfer.amount().abs(), transfer.currency()))
                .setReason(reason)
                .build();
    }

    private static String nameOf(@Nullable AccountKey account) {
        return account == null ? "" : Names.of(account);
    }

    static Transfer toProto(BookedTransfer booked) {
        String owner = Names.owner(booked.tenant());
        BookedTransfer.Place place = booked.place();
        BookedTransfer.Term term = booked.term();
        Transfer.Builder proto =
                Transfer.newBuilder()
                        .setDebitAccount(nameOf(booked.debit()))
                        .setCreditAccount(nameOf(booked.credit()))
                        .setAmount(money(booked.amount()))
                        .setReasonValue(booked.reason().code())
                        .setLine(booked.line())
                        .setRecordTime(timestamp(SqlTimes.ofMicros(place.recordMicros())));
        if (!booked.invoice().isEmpty()) {
            proto.setInvoice(owner + "/invoices/" + booked.invoice());
        }
        if (!booked.creditId().isEmpty()) {
            proto.setCredit(owner + "/credits/" + booked.creditId());
        }
        return term == null
                ? proto.setName(owner + "/transfers/" + place.id()).build()
                : proto.setName(owner + "/transfers/settlement-" + place.ratingPosition())
                        .setSettlement(settled(term).setRatingPosition(place.ratingPosition()))
                        .build();
    }

    private static SettledTerm.Builder settled(BookedTransfer.Term term) {
        return SettledTerm.newBuilder()
                .setContract(term.contract())
                .setTerm(term.id())
                .setVersion(term.version())
                .setPeriodStartTime(timestamp(term.start()))
                .setPeriodEndTime(timestamp(term.end()));
    }

    static Money money(dev.meterbook.kernel.Money amount) {
        return money(amount.amount(), amount.currency().code());
    }

    private static Money money(BigDecimal amount, String currency) {
        return Money.newBuilder()
                .setAmount(Decimals.plain(amount))
                .setCurrencyCode(currency)
                .build();
    }

    static Timestamp timestamp(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
