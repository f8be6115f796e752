package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.UnpricedGroup;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;

/** Single calls of a tenant. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class CallsController {

    private static final int MAX_GROUPS = 1_000;

    private final Services.Source source;
    private final Clock clock;

    CallsController(Services.Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * What the list shows.
     *
     * @param picker the period
     * @param waiting true if calls without a price are shown
     * @param waitingCount how many there are; empty if that is not known
     * @param calls the calls
     */
    public record CallsView(
            PeriodPicker picker,
            boolean waiting,
            String waitingCount,
            Panel<CallLines.Listing> calls) {}

    /**
     * What the page of one call shows.
     *
     * @param id the client's id
     * @param facts what the call was
     * @param price why it costs what it costs
     */
    public record CallView(String id, List<CallDetail.Fact> facts, Panel<CallDetail.Price> price) {}

    @Get(uris = {"/portal/calls", "/console/tenants/{tenant}/calls"})
    HttpResponse<?> calls(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            @QueryValue(defaultValue = "") String period,
            @QueryValue(defaultValue = "") String from,
            @QueryValue(defaultValue = "") String to,
            @QueryValue(defaultValue = "") String show,
            @QueryValue(defaultValue = "") String page) {
        Place place = Place.tenant(visitor, tenant);
        Services services = source.from(place.viewpoint());
        String key = period.isEmpty() && from.isEmpty() ? "30-days" : period;
        Period chosen = PeriodPicker.chosen(key, from, to, clock.instant());
        boolean waiting = show.equals("unpriced");
        var calls =
                Panel.begin(
                        "Calls",
                        () ->
                                waiting
                                        ? CallLines.unpriced(services, place, page)
                                        : CallLines.priced(services, place, chosen, page));
        var count = Panel.begin("Unpriced calls", () -> waitingCount(services, place));
        Panel<String> known = Panel.await(count);
        return Pages.page(
                "tenant/calls",
                new Layout("Calls", place, "calls"),
                new CallsView(
                        new PeriodPicker(chosen, place.base() + "/calls"),
                        waiting,
                        known.isReady() ? known.get() : "",
                        Panel.await(calls)));
    }

    @Get(uris = {"/portal/call", "/console/tenants/{tenant}/call"})
    HttpResponse<?> call(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            @QueryValue String id) {
        Place place = Place.tenant(visitor, tenant);
        Services services = source.from(place.viewpoint());
        String name = place.parent() + "/calls/" + id;
        var price =
                Panel.begin(
                        "The price",
                        () ->
                                CallDetail.price(
                                        services.pricing()
                                                .explainCall(
                                                        ExplainCallRequest.newBuilder()
                                                                .setName(name)
                                                                .build()),
                                        place.showsCost()));
        CallRecord record =
                services.metering().getCall(GetCallRequest.newBuilder().setName(name).build());
        return Pages.page(
                "tenant/call",
                new Layout("Call", place, "calls"),
                new CallView(id, CallDetail.facts(record), Panel.await(price)));
    }

    private static String waitingCount(Services services, Place place) {
        return Amounts.count(
                services
                        .pricing()
                        .summarizeUnpricedCalls(
                                SummarizeUnpricedCallsRequest.newBuilder()
                                        .setParent(place.parent())
                                        .setPageSize(MAX_GROUPS)
                                        .build())
                        .getGroupsList()
                        .stream()
                        .mapToLong(UnpricedGroup::getCallCount)
                        .sum());
    }
}
