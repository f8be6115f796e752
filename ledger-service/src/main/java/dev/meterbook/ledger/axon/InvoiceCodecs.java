package dev.meterbook.ledger.axon;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.ChargeKind;
import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.CreditPayments;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceDrafted;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceIssued;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoicePaid;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceLine;
import dev.meterbook.ledger.domain.InvoiceLines;
import dev.meterbook.ledger.domain.InvoiceNumber;
import dev.meterbook.platform.axon.EventCodec;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.proto.ledger.v1.InvoicedLine;
import java.io.IOException;
import java.util.List;

/** How the events of invoices are stored. */
final class InvoiceCodecs {

    static final EventCodec<InvoiceDrafted> DRAFTED =
            new EventCodec<>(
                    EventType.of("ledger.InvoiceDrafted"),
                    InvoiceDrafted.class,
                    event -> event.id().tenant(),
                    InvoiceCodecs::encode,
                    InvoiceCodecs::drafted);

    static final EventCodec<InvoiceIssued> ISSUED =
            new EventCodec<>(
                    EventType.of("ledger.InvoiceIssued"),
                    InvoiceIssued.class,
                    event -> event.id().tenant(),
                    InvoiceCodecs::encode,
                    InvoiceCodecs::issued);

    static final EventCodec<InvoicePaid> PAID =
            new EventCodec<>(
                    EventType.of("ledger.InvoicePaid"),
                    InvoicePaid.class,
                    event -> event.id().tenant(),
                    InvoiceCodecs::encode,
                    InvoiceCodecs::paid);

    static final List<EventCodec<?>> ALL = List.of(DRAFTED, ISSUED, PAID);

    private InvoiceCodecs() {}

    private static byte[] encode(InvoiceDrafted event) {
        return dev.meterbook.proto.ledger.v1.InvoiceDrafted.newBuilder()
                .setTenant(event.id().tenant())
                .setInvoice(event.id().id())
                .setPeriod(event.period().toString())
                .setCurrencyCode(event.currency().code())
                .setCreateTimeMicros(Stored.micros(event.createTime()))
                .build()
                .toByteArray();
    }

    private static InvoiceDrafted drafted(byte[] bytes) throws IOException {
        var stored = dev.meterbook.proto.ledger.v1.InvoiceDrafted.parseFrom(bytes);
        return new InvoiceDrafted(
                new InvoiceId(stored.getTenant(), stored.getInvoice()),
                Stored.readable(BillingPeriod.parse(stored.getPeriod()), stored.getPeriod()),
                CurrencyCode.of(stored.getCurrencyCode()),
                Stored.moment(stored.getCreateTimeMicros()));
    }

    private static byte[] encode(InvoiceIssued event) {
        return dev.meterbook.proto.ledger.v1.InvoiceIssued.newBuilder()
                .setTenant(event.id().tenant())
                .setInvoice(event.id().id())
                .setSeriesYear(event.number().year())
                .setSeriesNumber(event.number().count())
                .setRatingPosition(event.ratingPosition())
                .setIssueTimeMicros(Stored.micros(event.issueTime()))
                .setCurrencyCode(event.lines().currency().code())
                .addAllLines(event.lines().lines().stream().map(InvoiceCodecs::encode).toList())
                .addAllCredits(
                        event.credits().payments().stream().map(InvoiceCodecs::encode).toList())
                .build()
                .toByteArray();
    }

    private static InvoicedLine encode(InvoiceLine line) {
        return InvoicedLine.newBuilder()
                .setServicePeriod(line.servicePeriod().toString())
                .setProvider(line.provider())
                .setModel(line.model())
                .setApplication(line.application())
                .setCallCount(line.calls())
                .setInputTokens(line.inputTokens())
                .setOutputTokens(line.outputTokens())
                .setExactAmount(line.exactAmount().plainAmount())
                .setAmount(line.amount().plainAmount())
                .setChargeKind(line.kind().code())
                .setTerm(line.term())
                .build();
    }

    private static dev.meterbook.proto.ledger.v1.CreditPayment encode(CreditPayment payment) {
        return dev.meterbook.proto.ledger.v1.CreditPayment.newBuilder()
                .setCredit(payment.credit())
                .setAmount(payment.amount().plainAmount())
                .build();
    }

    private static CreditPayment payment(
            dev.meterbook.proto.ledger.v1.CreditPayment stored, CurrencyCode currency) {
        return new CreditPayment(stored.getCredit(), Stored.money(stored.getAmount(), currency));
    }

    private static InvoiceIssued issued(byte[] bytes) throws IOException {
        var stored = dev.meterbook.proto.ledger.v1.InvoiceIssued.parseFrom(bytes);
        CurrencyCode currency = CurrencyCode.of(stored.getCurrencyCode());
        List<InvoiceLine> lines =
                stored.getLinesList().stream().map(line -> line(line, currency)).toList();
        return new InvoiceIssued(
                new InvoiceId(stored.getTenant(), stored.getInvoice()),
                new InvoiceNumber(stored.getSeriesYear(), stored.getSeriesNumber()),
                new InvoiceLines(currency, lines),
                new CreditPayments(
                        currency,
                        stored.getCreditsList().stream()
                                .map(credit -> payment(credit, currency))
                                .toList()),
                stored.getRatingPosition(),
                Stored.moment(stored.getIssueTimeMicros()));
    }

    private static InvoiceLine line(InvoicedLine stored, CurrencyCode currency) {
        return new InvoiceLine(
                Stored.readable(
                        BillingPeriod.parse(stored.getServicePeriod()), stored.getServicePeriod()),
                Stored.readable(ChargeKind.ofCode(stored.getChargeKind()), stored.getChargeKind()),
                stored.getProvider(),
                stored.getModel(),
                stored.getApplication(),
                stored.getTerm(),
                stored.getCallCount(),
                stored.getInputTokens(),
                stored.getOutputTokens(),
                Stored.money(stored.getExactAmount(), currency),
                Stored.money(stored.getAmount(), currency));
    }

    private static byte[] encode(InvoicePaid event) {
        return dev.meterbook.proto.ledger.v1.InvoicePaid.newBuilder()
                .setTenant(event.id().tenant())
                .setInvoice(event.id().id())
                .setPayTimeMicros(Stored.micros(event.payTime()))
                .build()
                .toByteArray();
    }

    private static InvoicePaid paid(byte[] bytes) throws IOException {
        var stored = dev.meterbook.proto.ledger.v1.InvoicePaid.parseFrom(bytes);
        return new InvoicePaid(
                new InvoiceId(stored.getTenant(), stored.getInvoice()),
                Stored.moment(stored.getPayTimeMicros()));
    }
}
