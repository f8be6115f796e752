package dev.meterbook.allinone.system;

import dev.meterbook.proto.access.v1.AccessServiceGrpc;
import dev.meterbook.proto.access.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.AllocationServiceGrpc;
import dev.meterbook.proto.allocation.v1.AllocationServiceGrpc.AllocationServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc.BudgetServiceBlockingStub;
import dev.meterbook.proto.ledger.v1.InvoiceServiceGrpc;
import dev.meterbook.proto.ledger.v1.InvoiceServiceGrpc.InvoiceServiceBlockingStub;
import dev.meterbook.proto.ledger.v1.LedgerServiceGrpc;
import dev.meterbook.proto.ledger.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc.MeteringServiceBlockingStub;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc.MeteringServiceStub;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The public contracts of a Meterbook, called with one credential. */
public final class Client {

    /** A unary call that is not answered by then fails. */
    private static final long DEADLINE_SECONDS = 60;

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Map<Service, ? extends Channel> channels;
    private final ClientInterceptor credential;

    Client(Map<Service, ? extends Channel> channels, String credential) {
        this.channels = channels;
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + credential);
        this.credential = MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private Channel channel(Service service) {
        Channel channel = channels.get(service);
        if (channel == null) {
            throw new IllegalStateException("no channel to " + service.id());
        }
        return channel;
    }

    /** The meter. */
    public MeteringServiceBlockingStub metering() {
        return MeteringServiceGrpc.newBlockingStub(channel(Service.METERING))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** The meter's stream, without a deadline. */
    public MeteringServiceStub meteringStream() {
        return MeteringServiceGrpc.newStub(channel(Service.METERING)).withInterceptors(credential);
    }

    /** Contracts, plans, prices. */
    public PricingServiceBlockingStub pricing() {
        return PricingServiceGrpc.newBlockingStub(channel(Service.PRICING))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** The book. */
    public LedgerServiceBlockingStub ledger() {
        return LedgerServiceGrpc.newBlockingStub(channel(Service.LEDGER))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Invoices. */
    public InvoiceServiceBlockingStub invoices() {
        return InvoiceServiceGrpc.newBlockingStub(channel(Service.LEDGER))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Allocated costs. */
    public AllocationServiceBlockingStub allocation() {
        return AllocationServiceGrpc.newBlockingStub(channel(Service.ALLOCATION))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Tenants, customers, users, cost centers. */
    public DirectoryServiceBlockingStub directory() {
        return DirectoryServiceGrpc.newBlockingStub(channel(Service.ALLOCATION))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Budgets and holds. */
    public BudgetServiceBlockingStub budgets() {
        return BudgetServiceGrpc.newBlockingStub(channel(Service.BUDGET))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** API keys and portal users. */
    public AccessServiceBlockingStub access() {
        return AccessServiceGrpc.newBlockingStub(channel(Service.GATEWAY))
                .withInterceptors(credential)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * The consumers of the process that runs a service; without a deadline, a replay may take long.
     */
    public OperationsServiceBlockingStub operations(Service service) {
        return OperationsServiceGrpc.newBlockingStub(channel(service)).withInterceptors(credential);
    }
}
