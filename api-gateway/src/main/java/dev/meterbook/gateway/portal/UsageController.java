package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesRequest;
import dev.meterbook.proto.type.v1.Dimension;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The usage explorer: any period, grouped and filtered, on the screen or as CSV. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
public final class UsageController {

    private static final int PAGE = 50;
    private static final int MAX_CSV_ROWS = 50_000;
    private static final int MAX_CHOICES = 200;

    private final Services.Source source;
    private final Clock clock;

    UsageController(Services.Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * A table.
     *
     * @param headings of the columns of dimensions
     * @param lines rows
     * @param figures over all rows
     * @param nextPageToken for the next part; empty at the end
     */
    public record Table(
            List<String> headings,
            List<CostLines.Line> lines,
            CostLines.Figures figures,
            String nextPageToken) {}

    /**
     * What may be chosen in a filter.
     *
     * @param key of the filter
     * @param label of the filter
     * @param chosen value; empty for all
     * @param values to choose from
     */
    public record Choice(String key, String label, String chosen, List<String> values) {}

    /**
     * What the page shows.
     *
     * @param picker the period
     * @param groups ways to group
     * @param by the first one chosen
     * @param then the second one chosen
     * @param step how time is divided
     * @param stepped true if the table has times
     * @param choices filters
     * @param table the table
     * @param query the address' query that asks for the same
     * @param filtered true if any filter is set
     */
    public record UsageView(
            PeriodPicker picker,
            List<UsageQuery.Group> groups,
            String by,
            String then,
            String step,
            boolean stepped,
            Panel<List<Choice>> choices,
            Panel<Table> table,
            String query,
            boolean filtered) {}

    @Get(uris = {"/portal/usage", "/console/tenants/{tenant}/usage"})
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> usage(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            @RequestBean UsageQuery query,
            @QueryValue(defaultValue = "") String page) {
        Place place = Place.tenant(visitor, tenant);
        Services services = source.from(place.viewpoint());
        Period period = period(query);
        var table = Panel.begin("Usage", () -> table(services, place, query, period, page));
        var choices = Panel.begin("Filters", () -> choices(services, place, query));
        return Pages.page(
                "tenant/usage",
                new Layout("Usage", place, "usage"),
                new UsageView(
                        new PeriodPicker(period, place.base() + "/usage"),
                        UsageQuery.GROUPS,
                        query.by(),
                        query.then(),
                        query.step(),
                        query.isStepped(),
                        Panel.await(choices),
                        Panel.await(table),
                        query.query(period),
                        isFiltered(query)));
    }

    @Get(uris = {"/portal/usage.csv", "/console/tenants/{tenant}/usage.csv"})
    @Produces("text/csv")
    HttpResponse<String> csv(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            @RequestBean UsageQuery query) {
        Place place = Place.tenant(visitor, tenant);
        Period period = period(query);
        CostQuery.Answer answer =
                query.toCostQuery(place.parent(), period, CostQuery.PAGE)
                        .askAll(source.from(place.viewpoint()), MAX_CSV_ROWS);
        String name =
                "usage-"
                        + place.tenant()
                        + "-"
                        + period.firstDay()
                        + "-"
                        + period.lastDay()
                        + ".csv";
        return HttpResponse.ok(UsageCsv.write(query, answer.rows(), place.showsCost()))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    private Period period(UsageQuery query) {
        return PeriodPicker.chosen(query.period(), query.from(), query.to(), clock.instant());
    }

    private static Table table(
            Services services, Place place, UsageQuery query, Period period, String page) {
        CostQuery.Answer answer =
                query.toCostQuery(place.parent(), period, PAGE).ask(services, page);
        List<CostLines.Line> lines =
                answer.rows().stream()
                        .map(
                                row ->
                                        CostLines.line(
                                                row,
                                                answer.totals(),
                                                query.isStepped()
                                                        ? Times.step(row.time(), query.timeStep())
                                                        : "",
                                                place.showsCost()))
                        .toList();
        return new Table(
                query.groups().stream().map(UsageQuery.Group::label).toList(),
                lines,
                CostLines.figures(answer.totals(), place.showsCost()),
                answer.nextPageToken());
    }

    private static List<Choice> choices(Services services, Place place, UsageQuery query) {
        record Filter(String key, String label, String chosen, Dimension dimension) {}
        return List.of(
                        new Filter("model", "Model", query.model(), Dimension.DIMENSION_MODEL),
                        new Filter(
                                "application",
                                "Application",
                                query.application(),
                                Dimension.DIMENSION_APPLICATION),
                        new Filter(
                                "customer",
                                "Customer",
                                query.customer(),
                                Dimension.DIMENSION_CUSTOMER),
                        new Filter(
                                "environment",
                                "Environment",
                                query.environment(),
                                Dimension.DIMENSION_ENVIRONMENT))
                .stream()
                .map(
                        filter ->
                                new Choice(
                                        filter.key,
                                        filter.label,
                                        filter.chosen,
                                        values(services, place, filter.dimension)))
                .toList();
    }

    private static List<String> values(Services services, Place place, Dimension dimension) {
        return services
                .allocation()
                .listDimensionValues(
                        ListDimensionValuesRequest.newBuilder()
                                .setParent(place.parent())
                                .setDimension(dimension)
                                .setPageSize(MAX_CHOICES)
                                .build())
                .getValuesList()
                .stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static boolean isFiltered(UsageQuery query) {
        return Stream.of(query.model(), query.application(), query.customer(), query.environment())
                .anyMatch(value -> !value.isEmpty());
    }
}
