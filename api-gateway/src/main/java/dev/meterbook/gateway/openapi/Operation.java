package dev.meterbook.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.meterbook.gateway.transcoding.HttpBinding;
import dev.meterbook.gateway.transcoding.PathTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to call an rpc over HTTP, as documentation shows it.
 *
 * @param id unique, such as {@code InvoiceService_IssueInvoice}
 * @param binding the rpc and its template
 * @param path the path
 * @param query fields that may be told in the query
 */
record Operation(String id, HttpBinding binding, HttpPath path, List<QueryField> query) {

    private static final int MAX_NESTING = 3;

    /**
     * A field told in the query.
     *
     * @param path such as {@code filter.model}
     * @param field the field
     */
    record QueryField(String path, FieldDescriptor field) {}

    /** The operations of an rpc, the main one first. */
    static List<Operation> of(MethodDescriptor rpc) {
        var operations = new ArrayList<Operation>();
        for (HttpBinding binding : HttpBinding.of(rpc)) {
            String id = rpc.getService().getName() + "_" + rpc.getName();
            String unique = operations.isEmpty() ? id : id + (operations.size() + 1);
            operations.add(
                    new Operation(unique, binding, HttpPath.of(binding.path()), query(binding)));
        }
        return List.copyOf(operations);
    }

    private static List<QueryField> query(HttpBinding binding) {
        if (binding.body().equals(HttpBinding.WHOLE)) {
            return List.of();
        }
        Set<String> taken = new HashSet<>(Set.of(binding.body()));
        binding.path().variables().stream().map(PathTemplate.Variable::field).forEach(taken::add);
        var fields = new ArrayList<QueryField>();
        collect(binding.rpc().getInputType(), "", 0, taken, fields);
        return List.copyOf(fields);
    }

    private static void collect(
            Descriptor type, String prefix, int depth, Set<String> taken, List<QueryField> into) {
        for (FieldDescriptor field : type.getFields()) {
            boolean message = field.getJavaType() == JavaType.MESSAGE;
            boolean standard =
                    message && field.getMessageType().getFullName().startsWith("google.protobuf.");
            if (taken.contains(prefix + field.getName()) || field.isMapField()) {
                continue;
            }
            if (!message || standard) {
                into.add(new QueryField(prefix + field.getName(), field));
            } else if (!field.isRepeated() && depth < MAX_NESTING) {
                String inner = prefix + field.getName() + ".";
                collect(field.getMessageType(), inner, depth + 1, taken, into);
            }
        }
    }
}
