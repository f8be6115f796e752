package dev.meterbook.gateway.transcoding;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the rpc of a request. Immutable. */
public final class Routes {

    private final List<HttpBinding> bindings;

    /** Routes to every annotated rpc of the contracts. */
    public Routes(Contracts contracts) {
        bindings =
                contracts.services().stream()
                        .flatMap(service -> service.getMethods().stream())
                        .flatMap(rpc -> HttpBinding.of(rpc).stream())
                        .sorted(
                                Comparator.comparing(
                                        HttpBinding::path, PathTemplate.SPECIFIC_FIRST))
                        .toList();
    }

    /** What a request path leads to. */
    public sealed interface Match {

        /**
         * An rpc.
         *
         * @param binding the rpc and how it is called
         * @param values texts for fields, from the path
         */
        record Found(HttpBinding binding, Map<String, String> values) implements Match {}

        /**
         * The path is known with other methods.
         *
         * @param allowed those methods
         */
        record WrongMethod(SortedSet<String> allowed) implements Match {}

        /** No rpc has this path. */
        record Unknown() implements Match {}
    }

    /** All bindings, most specific path first. */
    public List<HttpBinding> bindings() {
        return bindings;
    }

    /**
     * The rpc of a request.
     *
     * @param method such as {@code GET}
     * @param rawPath the path, still percent-encoded
     * @throws IllegalArgumentException if the percent-encoding is broken
     */
    public Match find(String method, String rawPath) {
        var allowed = new TreeSet<String>();
        for (HttpBinding binding : bindings) {
            Optional<Map<String, String>> values = binding.path().match(rawPath);
            if (values.isPresent()) {
                if (binding.method().equals(method)) {
                    return new Match.Found(binding, values.get());
                }
                allowed.add(binding.method());
            }
        }
        return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(allowed);
    }
}
