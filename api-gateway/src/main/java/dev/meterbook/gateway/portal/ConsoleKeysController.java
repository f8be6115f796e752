package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.access.ApiKeyRecord;
import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Viewpoint;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.access.v1.ApiKey;
import dev.meterbook.proto.access.v1.CreateApiKeyRequest;
import dev.meterbook.proto.access.v1.ListApiKeysRequest;
import dev.meterbook.proto.access.v1.RevokeApiKeyRequest;
import dev.meterbook.proto.access.v1.Scope;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Issuing and ending API keys. */
@Controller("/console/keys")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class ConsoleKeysController {

    private static final int MAX = 1_000;
    private static final List<Scope> SCOPES =
            List.of(Scope.SCOPE_INGEST, Scope.SCOPE_READ, Scope.SCOPE_ADMIN);

    private final Services.Source source;
    private final Clock clock;

    ConsoleKeysController(Services.Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * A key.
     *
     * @param id public part
     * @param owner tenant or operator
     * @param scopes what it may do
     * @param created when it was issued
     * @param state active, or when and how it ended
     * @param active true while it is good
     */
    public record KeyLine(
            String id, String owner, String scopes, String created, String state, boolean active) {}

    /**
     * What the page shows.
     *
     * @param keys keys, those that are good first
     * @param tenants to choose from
     * @param credential a new key with its secret, shown this once; empty otherwise
     * @param question id of the key that is to be revoked, if that is to be confirmed
     * @param failure why it did not work; empty at first
     */
    public record KeysView(
            Panel<List<KeyLine>> keys,
            Panel<List<Tenants.Line>> tenants,
            String credential,
            String question,
            String failure) {}

    @Get
    HttpResponse<?> list(Visitor visitor, @QueryValue(defaultValue = "") String revoke) {
        return page(visitor, "", revoke, "");
    }

    @Post
    HttpResponse<?> create(Visitor visitor, @Body Map<String, String> fields) {
        Visitor.Form form = admit(visitor, fields);
        CreateApiKeyRequest.Builder request =
                CreateApiKeyRequest.newBuilder()
                        .setTenant(form.get("tenant"))
                        .setKeyId(form.get("key_id"));
        SCOPES.stream().filter(scope -> form.has(scope.name())).forEach(request::addScopes);
        try {
            if (!form.get("expires").isEmpty()) {
                LocalDate lastDay = LocalDate.parse(form.get("expires"));
                Instant end = lastDay.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
                request.setExpireTime(Wire.timestamp(end));
            }
            var answer = services().access().createApiKey(request.build());
            return answer.getCredential().isEmpty()
                    ? page(visitor, "", "", "That key was issued before; its secret is not kept.")
                    : page(visitor, answer.getCredential(), "", "");
        } catch (DateTimeParseException notADay) {
            return page(visitor, "", "", "The last day is not a date.");
        } catch (StatusRuntimeException refused) {
            return page(visitor, "", "", Panel.reason(refused));
        }
    }

    @Post("/{id}/revoke")
    HttpResponse<?> revoke(Visitor visitor, String id, @Body Map<String, String> fields) {
        admit(visitor, fields);
        services()
                .access()
                .revokeApiKey(RevokeApiKeyRequest.newBuilder().setName("apiKeys/" + id).build());
        return Pages.seeOther("/console/keys");
    }

    private static Visitor.Form admit(Visitor visitor, Map<String, String> fields) {
        Visitor.Form form = visitor.accept(fields);
        if (!visitor.mayChange()) {
            throw new NotAllowedException("Your sign-in may look at keys, not issue them.");
        }
        return form;
    }

    private HttpResponse<?> page(
            Visitor visitor, String credential, String question, String failure) {
        Services services = services();
        var keys = Panel.begin("API keys", () -> keys(services));
        var tenants = Panel.begin("Tenants", () -> Tenants.list(services));
        return Pages.page(
                        "console/keys",
                        new Layout("API keys", Place.console(visitor), "keys"),
                        new KeysView(
                                Panel.await(keys),
                                Panel.await(tenants),
                                credential,
                                question,
                                failure))
                .status(failure.isEmpty() ? 200 : 422);
    }

    private List<KeyLine> keys(Services services) {
        Map<Boolean, List<KeyLine>> byState =
                services
                        .access()
                        .listApiKeys(ListApiKeysRequest.newBuilder().setPageSize(MAX).build())
                        .getApiKeysList()
                        .stream()
                        .filter(
                                key ->
                                        !Wire.idOf(key.getName())
                                                .startsWith(ApiKeyRecord.OWN_PREFIX))
                        .map(this::line)
                        .collect(Collectors.partitioningBy(KeyLine::active));
        return Stream.concat(
                        byState.getOrDefault(true, List.of()).stream(),
                        byState.getOrDefault(false, List.of()).stream())
                .toList();
    }

    private KeyLine line(ApiKey key) {
        Instant now = clock.instant();
        boolean expired = key.hasExpireTime() && !now.isBefore(Wire.instant(key.getExpireTime()));
        String state =
                key.hasExpireTime()
                        ? "until " + Times.day(Wire.instant(key.getExpireTime()))
                        : "active";
        if (key.hasRevokeTime()) {
            state = "revoked " + Times.day(Wire.instant(key.getRevokeTime()));
        } else if (expired) {
            state = "ended " + Times.day(Wire.instant(key.getExpireTime()));
        }
        return new KeyLine(
                Wire.idOf(key.getName()),
                key.getTenant().isEmpty() ? "operator" : key.getTenant(),
                key.getScopesList().stream()
                        .map(s -> s.name().replace("SCOPE_", "").toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")),
                Times.day(Wire.instant(key.getCreateTime())),
                state,
                !key.hasRevokeTime() && !expired);
    }

    private Services services() {
        return source.from(Viewpoint.OPERATOR);
    }
}
