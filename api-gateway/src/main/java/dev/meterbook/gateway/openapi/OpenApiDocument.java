package dev.meterbook.gateway.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.FieldBehavior;
import com.google.api.HttpBody;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.meterbook.gateway.transcoding.Contracts;
import dev.meterbook.gateway.transcoding.HttpBinding;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Writes the OpenAPI 3.1 document of all contracts. The same contracts give the same bytes. */
public final class OpenApiDocument {

    private static final String ERROR = "Error";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Contracts contracts;
    private final Schemas schemas;

    private OpenApiDocument(Contracts contracts) {
        this.contracts = contracts;
        this.schemas = new Schemas(contracts.comments());
    }

    /** The document as JSON. */
    public static byte[] write(Contracts contracts) {
        try {
            return new JsonMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsBytes(new OpenApiDocument(contracts).root());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode root() {
        ObjectNode root = NODES.objectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Meterbook")
                .put("version", "v1")
                .put("description", "Meters, prices, books and charges back generative AI.");
        root.putArray("servers").addObject().put("url", "/");
        root.putArray("security").add(requires("bearer")).add(requires("apiKey"));
        ArrayNode tags = root.putArray("tags");
        ObjectNode paths = root.putObject("paths");
        for (ServiceDescriptor service : contracts.services()) {
            tags.addObject()
                    .put("name", service.getName())
                    .put("description", contracts.comments().of(service));
            service.getMethods().forEach(rpc -> addRpc(paths, rpc));
        }
        root.set("components", components());
        return root;
    }

    private static ObjectNode requires(String scheme) {
        ObjectNode requirement = NODES.objectNode();
        requirement.putArray(scheme);
        return requirement;
    }

    private ObjectNode components() {
        ObjectNode components = NODES.objectNode();
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key: authorization: Bearer mb_…");
        security.putObject("apiKey")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "x-api-key");
        ObjectNode all = components.putObject("schemas");
        schemas.named().forEach(all::set);
        all.set(ERROR, error());
        return components;
    }

    private void addRpc(ObjectNode paths, MethodDescriptor rpc) {
        for (Operation operation : Operation.of(rpc)) {
            ObjectNode path = paths.withObjectProperty(operation.path().text());
            String method = operation.binding().method().toLowerCase(Locale.ROOT);
            path.set(method, operation(operation));
        }
    }

    private ObjectNode operation(Operation operation) {
        MethodDescriptor rpc = operation.binding().rpc();
        String comment = contracts.comments().of(rpc);
        ObjectNode node = NODES.objectNode().put("operationId", operation.id());
        node.putArray("tags").add(rpc.getService().getName());
        node.put("summary", Sentences.first(comment));
        node.put("description", comment);
        ArrayNode parameters = node.putArray("parameters");
        operation.path().parameters().forEach(each -> parameters.add(inPath(each)));
        operation.query().forEach(each -> parameters.add(inQuery(each)));
        if (!operation.binding().body().isEmpty()) {
            node.putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json")
                    .set("schema", body(operation.binding()));
        }
        node.set("responses", responses(rpc));
        return node;
    }

    private ObjectNode body(HttpBinding binding) {
        Descriptor request = binding.rpc().getInputType();
        return binding.body().equals(HttpBinding.WHOLE)
                ? schemas.message(request)
                : schemas.message(request.findFieldByName(binding.body()).getMessageType());
    }

    private static ObjectNode inPath(HttpPath.Parameter parameter) {
        ObjectNode node =
                NODES.objectNode()
                        .put("name", parameter.name())
                        .put("in", "path")
                        .put("required", true);
        if (parameter.open()) {
            node.put("description", "May hold slashes.");
        }
        node.putObject("schema").put("type", "string");
        return node;
    }

    private ObjectNode inQuery(Operation.QueryField field) {
        ObjectNode node = NODES.objectNode().put("name", field.path()).put("in", "query");
        String comment = contracts.comments().of(field.field());
        if (!comment.isEmpty()) {
            node.put("description", comment);
        }
        if (Schemas.is(field.field(), FieldBehavior.REQUIRED)) {
            node.put("required", true);
        }
        ObjectNode schema = schemas.field(field.field());
        schema.remove(List.of("description", "readOnly"));
        node.set("schema", schema);
        return node;
    }

    private ObjectNode responses(MethodDescriptor rpc) {
        ObjectNode responses = NODES.objectNode();
        ObjectNode content =
                responses.putObject("200").put("description", "Done.").putObject("content");
        if (rpc.getOutputType().getFullName().equals(HttpBody.getDescriptor().getFullName())) {
            content.putObject("*/*")
                    .putObject("schema")
                    .put("type", "string")
                    .put("format", "binary");
        } else {
            content.putObject("application/json")
                    .set("schema", schemas.message(rpc.getOutputType()));
        }
        responses
                .putObject("default")
                .put("description", "Not done; error.details[].reason says why.")
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + ERROR);
        return responses;
    }

    private static ObjectNode error() {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        schema.put("description", "An error in the form of AIP-193.");
        ObjectNode error = schema.putObject("properties").putObject("error").put("type", "object");
        ObjectNode properties = error.putObject("properties");
        properties.putObject("code").put("type", "integer").put("description", "HTTP status.");
        properties.putObject("status").put("type", "string").put("description", "gRPC status.");
        properties.putObject("message").put("type", "string").put("description", "For people.");
        ObjectNode details = properties.putObject("details").put("type", "array");
        details.put(
                "description", "google.rpc.ErrorInfo with a stable reason, BadRequest and others.");
        details.putObject("items").put("type", "object");
        schema.putArray("required").add("error");
        return schema;
    }
}
