package dev.meterbook.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plain HTTP client that keeps cookies and does not follow redirects. */
public final class TestClient {

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;
    private final Map<String, String> headers;
    private final CookieManager cookies;
    private final HttpClient http;

    /** A client without headers of its own. */
    public TestClient(String base) {
        this(base, Map.of());
    }

    private TestClient(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
        this.cookies = new CookieManager();
        this.http =
                HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
    }

    /**
     * An answer.
     *
     * @param response as received
     */
    public record Answer(HttpResponse<String> response) {

        /** The status. */
        public int status() {
            return response.statusCode();
        }

        /** The body. */
        public String body() {
            return response.body();
        }

        /** A header; empty if it is not there. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** All values of a header. */
        public String headers(String name) {
            return String.join("\n", response.headers().allValues(name));
        }

        /** The body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new AssertionError(body(), e);
            }
        }

        /** The stable reason of an error. */
        public String reason() {
            return json().at("/error/details/0/reason").asText();
        }

        /** The token that the page's forms carry. */
        public String token() {
            Matcher matcher = TOKEN.matcher(body());
            if (!matcher.find()) {
                throw new AssertionError("no form token in " + body());
            }
            return matcher.group(1);
        }
    }

    /** A client with one more header, and no cookies. */
    public TestClient with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new TestClient(base, more);
    }

    /** The cookies it has. */
    public CookieManager cookies() {
        return cookies;
    }

    /** GET. */
    public Answer get(String path) {
        return send("GET", path, "", "");
    }

    /** DELETE. */
    public Answer delete(String path) {
        return send("DELETE", path, "", "");
    }

    /** POST of JSON. */
    public Answer post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    /** POST of a form. */
    public Answer form(String path, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send("POST", path, "application/x-www-form-urlencoded", body);
    }

    /** Any request. */
    public Answer send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        if (!contentType.isEmpty()) {
            request.header("content-type", contentType);
        }
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Signs in as a browser would. */
    public Answer signIn(String login, String password) {
        String token = get("/sign-in").token();
        return form("/sign-in", Map.of("csrf", token, "login", login, "password", password));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
