package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.type.v1.Dimension;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the usage explorer is asked for, as its address says it. Unknown words fall back to
 * defaults.
 *
 * @param period a preset or {@code custom}
 * @param from first day of a custom period
 * @param to last day of a custom period
 * @param by first dimension to group by; {@code none} for none
 * @param then second dimension; empty for none
 * @param step {@code total}, {@code hour}, {@code day} or {@code month}
 * @param model only this model; empty for all
 * @param application only this application; empty for all
 * @param customer only this customer; empty for all
 * @param environment only this environment; empty for all
 */
@Introspected
public record UsageQuery(
        @QueryValue(defaultValue = "") String period,
        @QueryValue(defaultValue = "") String from,
        @QueryValue(defaultValue = "") String to,
        @QueryValue(defaultValue = "model") String by,
        @QueryValue(defaultValue = "") String then,
        @QueryValue(defaultValue = "total") String step,
        @QueryValue(defaultValue = "") String model,
        @QueryValue(defaultValue = "") String application,
        @QueryValue(defaultValue = "") String customer,
        @QueryValue(defaultValue = "") String environment) {

    private static final int MAX_LENGTH = 128;

    /**
     * A way to group.
     *
     * @param key how addresses name it
     * @param label how people name it
     * @param dimension what it stands for
     */
    public record Group(String key, String label, Dimension dimension) {}

    /** All ways to group a tenant's usage. */
    static final List<Group> GROUPS =
            List.of(
                    new Group("model", "Model", Dimension.DIMENSION_MODEL),
                    new Group("provider", "Provider", Dimension.DIMENSION_PROVIDER),
                    new Group("application", "Application", Dimension.DIMENSION_APPLICATION),
                    new Group("use-case", "Use case", Dimension.DIMENSION_USE_CASE),
                    new Group("environment", "Environment", Dimension.DIMENSION_ENVIRONMENT),
                    new Group("customer", "Customer", Dimension.DIMENSION_CUSTOMER),
                    new Group("user", "User", Dimension.DIMENSION_USER),
                    new Group("cost-center", "Cost center", Dimension.DIMENSION_COST_CENTER));

    /** The dimensions to group by, each once. */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (String key : List.of(by, then)) {
            GROUPS.stream()
                    .filter(group -> group.key().equals(key) && !groups.contains(group))
                    .forEach(groups::add);
        }
        return groups;
    }

    /** True if the table has a column of time. */
    boolean isStepped() {
        return granularity() != Granularity.GRANULARITY_TOTAL;
    }

    private Granularity granularity() {
        return switch (step) {
            case "hour" -> Granularity.GRANULARITY_HOUR;
            case "day" -> Granularity.GRANULARITY_DAY;
            case "month" -> Granularity.GRANULARITY_MONTH;
            default -> Granularity.GRANULARITY_TOTAL;
        };
    }

    /** How finely times are shown. */
    Period.Step timeStep() {
        return switch (step) {
            case "hour" -> Period.Step.HOUR;
            case "month" -> Period.Step.MONTH;
            default -> Period.Step.DAY;
        };
    }

    /** The question to the service. */
    CostQuery toCostQuery(String parent, Period chosen, int size) {
        List<Dimension> dimensions = groups().stream().map(Group::dimension).toList();
        QueryCostsRequest.Builder request =
                CostQuery.of(parent, chosen, granularity(), dimensions).request().toBuilder();
        filter(model).ifPresent(request::addModels);
        filter(application).ifPresent(request::addApplications);
        filter(customer).ifPresent(request::addCustomers);
        filter(environment).ifPresent(request::addEnvironments);
        return new CostQuery(request.build()).ordered(isStepped() ? "time" : "charge desc", size);
    }

    private static Optional<String> filter(String value) {
        return value.isEmpty() || value.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.of(value);
    }

    /** The address' query that asks the same of a period. */
    String query(Period chosen) {
        return chosen.query()
                + "&by="
                + Pages.encoded(by)
                + "&then="
                + Pages.encoded(then)
                + "&step="
                + Pages.encoded(step)
                + "&model="
                + Pages.encoded(model)
                + "&application="
                + Pages.encoded(application)
                + "&customer="
                + Pages.encoded(customer)
                + "&environment="
                + Pages.encoded(environment);
    }
}
