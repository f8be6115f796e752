package dev.meterbook.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.transcoding.Contracts;
import dev.meterbook.gateway.transcoding.HttpBinding;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

    private final Contracts contracts = Contracts.load();
    private final byte[] document = OpenApiDocument.write(contracts);

    @Test
    void is_a_valid_document_of_openapi_3_1() {
        SwaggerParseResult parsed = parse();

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    }

    @Test
    void has_every_unary_rpc_and_a_description_of_each() {
        long bindings =
                contracts.services().stream()
                        .flatMap(service -> service.getMethods().stream())
                        .mapToLong(rpc -> HttpBinding.of(rpc).size())
                        .sum();

        List<Operation> operations =
                parse().getOpenAPI().getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .toList();

        assertThat(operations).hasSize((int) bindings).hasSizeGreaterThan(40);
        assertThat(operations).allSatisfy(each -> assertThat(each.getSummary()).isNotBlank());
        assertThat(operations).extracting(Operation::getOperationId).doesNotHaveDuplicates();
    }

    @Test
    void tells_paths_parameters_bodies_and_types_of_a_call() {
        OpenAPI api = parse().getOpenAPI();

        Operation issue = path(api, "/v1/tenants/{tenant}/invoices/{invoice}:issue").getPost();
        assertThat(issue.getParameters()).extracting("name").containsExactly("tenant", "invoice");
        assertThat(issue.getRequestBody().getContent()).containsKey("application/json");
        Operation costs = path(api, "/v1/tenants/{tenant}/costs:query").getGet();
        assertThat(costs.getParameters())
                .extracting("name")
                .contains("tenant", "start_time", "group_by", "models")
                .doesNotContain("parent");
        assertThat(api.getComponents().getSchemas())
                .containsKeys("metering.MeteredCall", "type.Money", "Error");
    }

    @Test
    void is_the_same_every_time() {
        assertThat(OpenApiDocument.write(Contracts.load())).isEqualTo(document);
    }

    @Test
    void the_reference_page_has_every_rpc_and_type_with_its_comment() {
        ApiReference reference = ApiReference.of(contracts);

        assertThat(reference.services())
                .extracting(ApiReference.Service::name)
                .contains("AccessService", "MeteringService", "PricingService", "InvoiceService");
        assertThat(reference.services())
                .flatExtracting(ApiReference.Service::rpcs)
                .allSatisfy(rpc -> assertThat(rpc.paragraphs()).isNotEmpty());
        assertThat(reference.types())
                .filteredOn(type -> type.name().equals("metering.MeteredCall"))
                .singleElement()
                .satisfies(
                        type ->
                                assertThat(type.members())
                                        .filteredOn(member -> member.name().equals("usage"))
                                        .singleElement()
                                        .isEqualTo(
                                                new ApiReference.Member(
                                                        "usage",
                                                        "metering.Usage",
                                                        "metering.Usage",
                                                        "required",
                                                        "What was consumed.")));
    }

    private SwaggerParseResult parse() {
        return new OpenAPIV3Parser()
                .readContents(new String(document, StandardCharsets.UTF_8), null, null);
    }

    private static PathItem path(OpenAPI api, String path) {
        return Objects.requireNonNull(api.getPaths().get(path), path);
    }
}
