package dev.meterbook.gateway.portal;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.views.ModelAndView;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers of the portal's controllers. */
final class Pages {

    private Pages() {}

    /** A page with a layout and one view. */
    static MutableHttpResponse<ModelAndView<Map<String, Object>>> page(
            String template, Layout layout, Object view) {
        return HttpResponse.ok(
                new ModelAndView<>(template, Map.of("layout", layout, "view", view)));
    }

    /** Leads the browser to another page, by GET. */
    static MutableHttpResponse<ModelAndView<Map<String, Object>>> seeOther(String address) {
        return HttpResponse.seeOther(URI.create(address));
    }

    /** A value as part of an address. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
