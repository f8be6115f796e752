package dev.meterbook.gateway.http;

import dev.meterbook.gateway.openapi.ApiReference;
import dev.meterbook.gateway.openapi.OpenApiDocument;
import dev.meterbook.gateway.transcoding.Contracts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.views.ModelAndView;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The description of the interface, open to all: it holds no one's data. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DocsController {

    private static final String FOR_A_WHILE = "public, max-age=300";

    private final Contracts contracts;
    private final AtomicReference<byte @Nullable []> document = new AtomicReference<>();
    private final AtomicReference<@Nullable ApiReference> reference = new AtomicReference<>();

    DocsController(Contracts contracts) {
        this.contracts = contracts;
    }

    @Get("/openapi.json")
    HttpResponse<byte[]> openApi() {
        return HttpResponse.ok(once(document, () -> OpenApiDocument.write(contracts)))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_WHILE);
    }

    @Get("/docs/api")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<ModelAndView<Map<String, Object>>> page() {
        ApiReference shown = once(reference, () -> ApiReference.of(contracts));
        return HttpResponse.ok(new ModelAndView<>("docs/api", Map.<String, Object>of("api", shown)))
                .header(HttpHeaders.CACHE_CONTROL, FOR_A_WHILE);
    }

    private static <T> T once(AtomicReference<@Nullable T> known, Supplier<T> maker) {
        T made = known.get();
        if (made == null) {
            made = maker.get();
            known.set(made);
        }
        return made;
    }
}
