package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Viewpoint;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Drafting and issuing invoices. */
@Controller("/console")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class ConsoleInvoicesController {

    private static final int PAGE = 50;

    private final Services.Source source;
    private final Clock clock;

    ConsoleInvoicesController(Services.Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * What the page shows.
     *
     * @param invoices of all tenants
     * @param tenants to choose from
     * @param tenant chosen before; empty at first
     * @param period chosen before, or this month
     * @param id chosen before; empty at first
     * @param failure why it did not work; empty at first
     */
    public record InvoicesView(
            Panel<InvoiceLines.Listing> invoices,
            Panel<List<Tenants.Line>> tenants,
            String tenant,
            String period,
            String id,
            String failure) {}

    @Get("/invoices")
    HttpResponse<?> list(
            Visitor visitor,
            @QueryValue(defaultValue = "") String tenant,
            @QueryValue(defaultValue = "") String page) {
        String thisMonth = BillingPeriod.of(clock.instant()).toString();
        return page(visitor, page, Map.of("tenant", tenant, "period", thisMonth), "");
    }

    @Post("/invoices")
    HttpResponse<?> draft(Visitor visitor, @Body Map<String, String> fields) {
        Visitor.Form form = admit(visitor, fields);
        String tenant = form.get("tenant");
        String period = form.get("period");
        String id = form.get("invoice_id").isEmpty() ? period : form.get("invoice_id");
        if (!Identifiers.isName(tenant)) {
            return page(visitor, "", fields, "Choose a tenant.");
        }
        if (BillingPeriod.parse(period).isEmpty()) {
            return page(visitor, "", fields, "Choose a month, such as 2026-11.");
        }
        try {
            Invoice draft =
                    services()
                            .invoices()
                            .createInvoiceDraft(
                                    CreateInvoiceDraftRequest.newBuilder()
                                            .setParent("tenants/" + tenant)
                                            .setInvoiceId(id)
                                            .setPeriod(period)
                                            .setCurrencyCode(form.get("currency"))
                                            .build());
            return Pages.seeOther(address(draft) + "?done=drafted");
        } catch (StatusRuntimeException refused) {
            if (isOutage(refused)) {
                throw refused;
            }
            return page(visitor, "", fields, Panel.reason(refused));
        }
    }

    @Post("/tenants/{tenant}/invoices/{id}/issue")
    HttpResponse<?> issue(
            Visitor visitor, String tenant, String id, @Body Map<String, String> fields) {
        admit(visitor, fields);
        Invoice issued =
                services()
                        .invoices()
                        .issueInvoice(
                                IssueInvoiceRequest.newBuilder().setName(name(tenant, id)).build());
        return Pages.seeOther(address(issued) + "?done=issued");
    }

    @Post("/tenants/{tenant}/invoices/{id}/pay")
    HttpResponse<?> pay(
            Visitor visitor, String tenant, String id, @Body Map<String, String> fields) {
        admit(visitor, fields);
        Invoice paid =
                services()
                        .invoices()
                        .payInvoice(
                                PayInvoiceRequest.newBuilder().setName(name(tenant, id)).build());
        return Pages.seeOther(address(paid) + "?done=paid");
    }

    private static Visitor.Form admit(Visitor visitor, Map<String, String> fields) {
        Visitor.Form form = visitor.accept(fields);
        if (!visitor.mayChange()) {
            throw new NotAllowedException("Your sign-in may look at invoices, not issue them.");
        }
        return form;
    }

    private HttpResponse<?> page(
            Visitor visitor, String page, Map<String, String> fields, String failure) {
        Services services = services();
        var invoices =
                Panel.begin("Invoices", () -> InvoiceLines.list(services, "tenants/-", PAGE, page));
        var tenants = Panel.begin("Tenants", () -> Tenants.list(services));
        return Pages.page(
                        "console/invoices",
                        new Layout("Invoices", Place.console(visitor), "invoices"),
                        new InvoicesView(
                                Panel.await(invoices),
                                Panel.await(tenants),
                                fields.getOrDefault("tenant", ""),
                                fields.getOrDefault("period", ""),
                                fields.getOrDefault("invoice_id", ""),
                                failure))
                .status(failure.isEmpty() ? 200 : 422);
    }

    private static boolean isOutage(StatusRuntimeException refused) {
        Status.Code code = refused.getStatus().getCode();
        return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
    }

    private static String name(String tenant, String id) {
        return "tenants/" + tenant + "/invoices/" + id;
    }

    private static String address(Invoice invoice) {
        return Place.CONSOLE
                + "/tenants/"
                + Wire.tenantOf(invoice.getName())
                + "/invoices/"
                + Wire.idOf(invoice.getName());
    }

    private Services services() {
        return source.from(Viewpoint.OPERATOR);
    }
}
