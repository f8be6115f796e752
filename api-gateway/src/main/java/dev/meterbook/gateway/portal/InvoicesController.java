package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Invoices of a tenant: list, one of them, files. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
public final class InvoicesController {

    private static final int PAGE = 50;

    private final Services.Source source;

    InvoicesController(Services.Source source) {
        this.source = source;
    }

    /**
     * What the list shows.
     *
     * @param address of the page
     * @param invoices the invoices
     */
    public record InvoicesView(String address, Panel<InvoiceLines.Listing> invoices) {}

    /**
     * What the page of one invoice shows.
     *
     * @param invoice the invoice
     * @param address of the page
     * @param question what is to be confirmed: {@code issue} or {@code pay}; empty for nothing
     * @param done what was just done; empty for nothing
     */
    public record InvoiceView(
            InvoiceLines.Detail invoice, String address, String question, String done) {}

    @Get(uris = {"/portal/invoices", "/console/tenants/{tenant}/invoices"})
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> list(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            @QueryValue(defaultValue = "") String page) {
        Place place = Place.tenant(visitor, tenant);
        Services services = source.from(place.viewpoint());
        return Pages.page(
                "tenant/invoices",
                new Layout("Invoices", place, "tenant-invoices"),
                new InvoicesView(
                        place.base() + "/invoices",
                        Panel.of(
                                "Invoices",
                                () -> InvoiceLines.list(services, place.parent(), PAGE, page))));
    }

    @Get(uris = {"/portal/invoices/{id}", "/console/tenants/{tenant}/invoices/{id}"})
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> invoice(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            String id,
            @QueryValue(defaultValue = "") String question,
            @QueryValue(defaultValue = "") String done) {
        Place place = Place.tenant(visitor, tenant);
        InvoiceLines.Detail detail =
                InvoiceLines.detail(
                        source.from(place.viewpoint())
                                .invoices()
                                .getInvoice(
                                        GetInvoiceRequest.newBuilder()
                                                .setName(place.parent() + "/invoices/" + id)
                                                .build()));
        return Pages.page(
                "tenant/invoice",
                new Layout("Invoice " + detail.line().title(), place, "tenant-invoices"),
                new InvoiceView(detail, place.base() + "/invoices/" + id, question, done));
    }

    @Get(
            uris = {
                "/portal/invoices/{id}/file/{ending}",
                "/console/tenants/{tenant}/invoices/{id}/file/{ending}"
            })
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> file(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            String id,
            String ending) {
        Place place = Place.tenant(visitor, tenant);
        return InvoiceFiles.download(
                source.from(place.viewpoint()), place.parent() + "/invoices/" + id, ending);
    }
}
