package dev.meterbook.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrowserTest {
    @Test
    void shows_a_page_and_runs_its_script() {
        try (Browser browser = Browser.start()) {
            browser.open(
                    "data:text/html,<p id=a>spend</p>"
                            + "<script>setTimeout(() => a.insertAdjacentHTML('afterend',"
                            + "'<p id=b>today</p>'), 200)</script>");
            assertThat(browser.shown("#b").getText()).isEqualTo("today");
            assertThat(browser.texts("p")).containsExactly("spend", "today");
            assertThat(browser.screenshot()).startsWith(0x89, 'P', 'N', 'G');
        }
    }
}
