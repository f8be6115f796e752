package dev.meterbook.gateway.openapi;

import dev.meterbook.gateway.transcoding.PathTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as OpenAPI writes it: every star of the template is a parameter, named after the
 * collection in front of it ({@code /v1/tenants/{tenant}/invoices/{invoice}:issue}).
 *
 * @param text the path
 * @param parameters its parameters in order
 */
record HttpPath(String text, List<Parameter> parameters) {

    /**
     * One parameter.
     *
     * @param name such as {@code tenant}
     * @param open true if it may hold slashes
     */
    record Parameter(String name, boolean open) {}

    static HttpPath of(PathTemplate template) {
        var text = new StringBuilder();
        var parameters = new ArrayList<Parameter>();
        String previous = "";
        for (int i = 0; i < template.segments().size(); i++) {
            String segment = template.segments().get(i);
            text.append('/');
            if (segment.startsWith("*")) {
                String name = previous.isEmpty() ? fieldAt(template, i) : singular(previous);
                parameters.add(new Parameter(name, segment.equals("**")));
                text.append('{').append(name).append('}');
                previous = "";
            } else {
                text.append(segment);
                previous = segment.equals("v1") ? "" : segment;
            }
        }
        if (!template.verb().isEmpty()) {
            text.append(':').append(template.verb());
        }
        return new HttpPath(text.toString(), List.copyOf(parameters));
    }

    private static String fieldAt(PathTemplate template, int segment) {
        return template.variables().stream()
                .filter(variable -> variable.from() <= segment && segment < variable.to())
                .map(PathTemplate.Variable::field)
                .findFirst()
                .orElse("segment" + segment);
    }

    private static String singular(String collection) {
        if (collection.endsWith("ies")) {
            return collection.substring(0, collection.length() - 3) + "y";
        }
        return collection.endsWith("s")
                ? collection.substring(0, collection.length() - 1)
                : collection;
    }
}
