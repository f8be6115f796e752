package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The services as a tenant's applications call them, with the tenant's own key. */
final class CompanyClients {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    private final Apis apis;
    private final DemoKeys keys;

    CompanyClients(Apis apis, DemoKeys keys) {
        this.apis = apis;
        this.keys = keys;
    }

    /** Every service learns of a new key by itself, so this waits until the ones we use have. */
    Client of(Company company) {
        Client client = apis.as(keys.applicationKey(company));
        ListCallsRequest calls =
                ListCallsRequest.newBuilder().setParent(company.name()).setPageSize(1).build();
        ListBudgetsRequest budgets =
                ListBudgetsRequest.newBuilder().setParent(company.name()).setPageSize(1).build();
        awaitKnown(() -> client.metering().listCalls(calls));
        awaitKnown(() -> client.budgets().listBudgets(budgets));
        return client;
    }

    private static void awaitKnown(Runnable question) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (StatusRuntimeException unknown = refusal(question);
                unknown != null;
                unknown = refusal(question)) {
            if (System.nanoTime() > deadline) {
                throw unknown;
            }
            pause();
        }
    }

    /** Null once the key is known; any other refusal is thrown. */
    private static @Nullable StatusRuntimeException refusal(Runnable question) {
        try {
            question.run();
            return null;
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
                return refused;
            }
            throw refused;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", stop);
        }
    }
}
