package dev.meterbook.gateway.backend;

import dev.meterbook.gateway.transcoding.Backends;
import dev.meterbook.platform.security.CallerInterceptor;
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
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.function.Function;

/**
 * The services as the portal asks them: with the gateway's own credential, narrowed to the tenant
 * of the person who is signed in, and with a deadline. Made anew for each page. Thread-safe.
 */
public final class Services {

    private static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

    private final Backends backends;
    private final PortalCredential credential;
    private final Duration deadline;
    private final Viewpoint viewpoint;

    private Services(
            Backends backends,
            PortalCredential credential,
            Duration deadline,
            Viewpoint viewpoint) {
        this.backends = backends;
        this.credential = credential;
        this.deadline = deadline;
        this.viewpoint = viewpoint;
    }

    /** Makes the services of a viewpoint. */
    @FunctionalInterface
    public interface Source {

        /** The services as seen from there. */
        Services from(Viewpoint viewpoint);

        /** A source over channels, with a credential and the longest time of a call. */
        static Source of(Backends backends, PortalCredential credential, Duration deadline) {
            return viewpoint -> new Services(backends, credential, deadline, viewpoint);
        }
    }

    /** Calls one by one. */
    public MeteringServiceBlockingStub metering() {
        return stub("metering", MeteringServiceGrpc::newBlockingStub);
    }

    /** Contracts, prices, ratings. */
    public PricingServiceBlockingStub pricing() {
        return stub("pricing", PricingServiceGrpc::newBlockingStub);
    }

    /** Accounts and postings. */
    public LedgerServiceBlockingStub ledger() {
        return stub("ledger", LedgerServiceGrpc::newBlockingStub);
    }

    /** Invoices. */
    public InvoiceServiceBlockingStub invoices() {
        return stub("ledger", InvoiceServiceGrpc::newBlockingStub);
    }

    /** Costs by dimension. */
    public AllocationServiceBlockingStub allocation() {
        return stub("allocation", AllocationServiceGrpc::newBlockingStub);
    }

    /** Tenants and cost centers. */
    public DirectoryServiceBlockingStub directory() {
        return stub("allocation", DirectoryServiceGrpc::newBlockingStub);
    }

    /** Budgets. */
    public BudgetServiceBlockingStub budgets() {
        return stub("budget", BudgetServiceGrpc::newBlockingStub);
    }

    /** API keys and portal users. */
    public AccessServiceBlockingStub access() {
        return stub("access", AccessServiceGrpc::newBlockingStub);
    }

    private <S extends AbstractStub<S>> S stub(String service, Function<Channel, S> maker) {
        Metadata metadata = new Metadata();
        metadata.put(CallerInterceptor.AUTHORIZATION, "Bearer " + credential.key().text());
        if (!viewpoint.tenant().isEmpty()) {
            metadata.put(CallerInterceptor.ACT_AS_TENANT, viewpoint.tenant());
        }
        return maker.apply(backends.channel(service))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .withDeadlineAfter(deadline)
                .withMaxInboundMessageSize(MAX_ANSWER_BYTES);
    }
}
