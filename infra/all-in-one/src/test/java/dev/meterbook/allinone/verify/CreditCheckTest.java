package dev.meterbook.allinone.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.ServiceSettings;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A book with a credit that paid a part of an invoice, true at first; each change is found. */
class CreditCheckTest {

    private static final String PASSWORD = TestDatabase.SERVICE_PASSWORD;
    private static final TestDatabase SERVER = PostgresFixture.freshDatabase();

    private static final String TRUE_BOOK =
            """
            set search_path = ledger;
            truncate account, settlement, transfer, invoice, invoice_credit, tenant_credit
                restart identity cascade;
            insert into account (type, tenant_id, contract, currency, debits, credits)
            values (8, 'acme', '', 'USD', 7.5, 20), (14, '', '', 'USD', 20, 0);
            insert into tenant_credit (grant_time, kind, tenant_id, credit_id, currency, note, amount,
                                       remaining)
            values (now(), 2, 'acme', 'welcome', 'USD', '', 20, 12.50);
            insert into invoice (create_time, issue_time, rating_position, series_count, series_year,
                                 period, state, tenant_id, invoice_id, currency, total, exact_total,
                                 credits_applied)
            values (now(), now(), 1, 1, 2026, '2026-10-01', 2, 'acme', 'october', 'USD', 9, 9, 7.5);
            insert into invoice_credit values (1, 'acme', 'october', 'welcome', 7.5);
            """;

    @BeforeAll
    static void migrate() throws SQLException {
        SERVER.provisioned();
        try (Database ledger =
                new Database(
                        new ServiceSettings("ledger", SERVER.jdbcUrl(), PASSWORD, PASSWORD, 2))) {
            assertThat(ledger.service()).isEqualTo("ledger");
        }
    }

    @BeforeEach
    void book() throws SQLException {
        change(TRUE_BOOK);
    }

    private static void change(String sql) throws SQLException {
        try (Connection superuser = SERVER.connect();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Finding check() throws SQLException {
        try (Connection ledger = SERVER.connectAs("meterbook_ledger", PASSWORD)) {
            return new BookCheck(ledger, ledger).credits();
        }
    }

    @Test
    void a_true_book_holds() throws SQLException {
        assertThat(check())
                .isEqualTo(
                        Finding.ok(
                                "what is left of credits is what they have not paid",
                                "each of them"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update ledger.tenant_credit set remaining = 13|acme, account tenant_credit USD: stands at 12.5, comes to 13",
                "update ledger.invoice_credit set amount = 7|acme, credit welcome: stands at 12.50, comes to 13",
                "delete from ledger.invoice_credit|acme, credit welcome: stands at 12.50, comes to 20",
                "update ledger.account set credits = 21 where type = 8|acme, account tenant_credit USD: stands at 13.5, comes to 12.50",
                "delete from ledger.account where type = 8|acme, account tenant_credit USD: stands at null, comes to 12.50",
                "update ledger.invoice set credits_applied = 8|acme, invoice october: stands at 8, comes to 7.5",
            })
    void the_first_that_is_wrong_is_named(String change, String named) throws SQLException {
        change(change);

        assertThat(check().holds()).isFalse();
        assertThat(check().detail()).isEqualTo(named);
    }
}
