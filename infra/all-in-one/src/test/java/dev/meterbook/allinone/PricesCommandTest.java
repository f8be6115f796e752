package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues on the command line: quoted without a server, taken over by a running one. */
class PricesCommandTest extends JourneyWorld {

    private static final String CATALOGUE =
            """
            [{"id": "stone", "name": "Stone", "api_pattern": "stone", "models": [
              {"id": "flint", "match": {"equals": "flint"}, "prices": {"input_mtok": 0.3}},
              {"id": "slate", "match": {"equals": "slate"}, "prices": {"input_mtok": 5}}]}]
            """;

    @TempDir Path folder;

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private Program prices(String... words) {
        return Program.run(system, words);
    }

    @Test
    void a_catalogue_is_compared_taken_over_and_given_back() throws IOException {
        String first = file("first.json", CATALOGUE);
        assertThat(prices("prices", "import", "--format", "genai-prices", first).lines())
                .startsWith("added    stone flint", "         input: none -> 0.3 USD per 1000000")
                .last()
                .asString()
                .endsWith(": 2 models, 2 different");

        String second = file("second.json", CATALOGUE.replace("0.3", "0.4"));
        assertThat(prices("prices", "diff", second).lines())
                .startsWith(
                        "changed  stone flint",
                        "         input: 0.3 USD per 1000000 -> 0.4 USD per 1000000");
        assertThat(String.join("\n", prices("prices", "export").lines()) + "\n")
                .isEqualTo(CATALOGUE);
        assertThat(prices("prices", "import", first).lines())
                .last()
                .asString()
                .endsWith("0 different; it is in force already");

        String bad = file("bad.json", CATALOGUE.replace("input_mtok\": 5", "input_mtok\": -5"));
        Program refused = prices("prices", "import", bad);
        assertThat(refused.status()).isNotZero();
        assertThat(refused.errors()).contains("line 3").contains("input_mtok: -5");
    }

    @Test
    void quotes_need_no_server_and_go_on_after_a_bad_line() throws IOException {
        String catalogue = file("quote.json", CATALOGUE);
        String lines =
                """
                {"provider_id": "stone", "model": "flint", "usage": {"input_tokens": 10}}
                oops
                {"provider_id": "stone", "model": "marble", "usage": {"input_tokens": 10}}
                """;
        InputStream in = System.in;
        try {
            System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
            Program quote = Program.run("quote", "--catalogue", catalogue);

            assertThat(quote.status()).isEqualTo(1);
            assertThat(quote.lines())
                    .hasSize(3)
                    .startsWith(
                            "{\"usage\":{\"input_tokens\":10},\"input_price\":\"0.000003\","
                                    + "\"output_price\":\"0\",\"total_price\":\"0.000003\"}")
                    .last()
                    .isEqualTo("{\"usage\":{\"input_tokens\":10},\"unpriced\":\"UNKNOWN_MODEL\"}");
            assertThat(quote.lines().get(1)).contains("\"reason\":\"MALFORMED_JSON\"");
        } finally {
            System.setIn(in);
        }
    }
}
