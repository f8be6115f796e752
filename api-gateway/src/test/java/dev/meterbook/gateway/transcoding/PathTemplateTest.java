package dev.meterbook.gateway.transcoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {

    @Test
    void binds_segments_to_a_field() {
        var template = PathTemplate.parse("/v1/{name=tenants/*/invoices/*}");

        assertThat(template.match("/v1/tenants/acme/invoices/2026-11"))
                .contains(Map.of("name", "tenants/acme/invoices/2026-11"));
        assertThat(template.match("/v1/tenants/acme/invoices")).isEmpty();
        assertThat(template.match("/v1/tenants/acme/invoices/")).isEmpty();
        assertThat(template.match("/v1/tenants/acme/invoices/1/2")).isEmpty();
    }

    @Test
    void wants_its_verb() {
        var template = PathTemplate.parse("/v1/{name=tenants/*/invoices/*}:issue");

        assertThat(template.match("/v1/tenants/acme/invoices/2026-11:issue"))
                .contains(Map.of("name", "tenants/acme/invoices/2026-11"));
        assertThat(template.match("/v1/tenants/acme/invoices/2026-11")).isEmpty();
        assertThat(template.match("/v1/tenants/acme/invoices/2026-11:pay")).isEmpty();
    }

    @Test
    void takes_the_rest_of_the_path_for_two_stars() {
        var template = PathTemplate.parse("/v1/{name=tenants/*/calls/**}");

        assertThat(template.match("/v1/tenants/acme/calls/run/7:step"))
                .contains(Map.of("name", "tenants/acme/calls/run/7:step"));
        assertThat(template.match("/v1/tenants/acme/calls")).isEmpty();
    }

    @Test
    void decodes_each_segment_after_splitting() {
        var template = PathTemplate.parse("/v1/{name=tenants/*/users/*}");

        assertThat(template.match("/v1/tenants/acme/users/a%2Fb+c%20%C3%A4"))
                .contains(Map.of("name", "tenants/acme/users/a/b+c ä"));
    }

    @Test
    void binds_nested_fields_and_plain_variables() {
        assertThat(
                        PathTemplate.parse("/v1/{budget.name=tenants/*/budgets/*}")
                                .match("/v1/tenants/acme/budgets/monthly"))
                .contains(Map.of("budget.name", "tenants/acme/budgets/monthly"));
        assertThat(PathTemplate.parse("/v1/things/{id}").match("/v1/things/7"))
                .contains(Map.of("id", "7"));
    }

    @Test
    void refuses_broken_encoding_and_broken_templates() {
        var template = PathTemplate.parse("/v1/things/{id}");

        assertThatIllegalArgumentException().isThrownBy(() -> template.match("/v1/things/%zz"));
        assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.parse("v1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathTemplate.parse("/v1/{name=**}/after"));
    }
}
