package dev.meterbook.allinone.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.ServiceSettings;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import dev.meterbook.proto.pricing.v1.SettlementReason;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A book of two settlements, true at first; whatever is changed in it is found. */
class SettlementCheckTest {

    private static final String PASSWORD = TestDatabase.SERVICE_PASSWORD;
    private static final long OCTOBER = 1_790_812_800_000_000L;
    private static final long NOVEMBER = 1_793_491_200_000_000L;

    private static final String TRUE_BOOK =
            """
            set search_path = ledger;
            truncate account, settlement restart identity cascade;
            insert into account (type, tenant_id, contract, currency, debits, credits)
            values (13, '', 'azure', 'USD', 250, 0), (1, '', 'azure', 'USD', 0, 250),
                   (5, 'acme', '', 'EUR', 0, 18.5), (7, 'acme', '', 'EUR', 18.5, 0);
            insert into settlement values
                (2, now(), '2026-10-01 00:00Z', '2026-11-01 00:00Z', 1, 2, 2, '', 'azure', 'promise', 'v1', 250),
                (3, now(), '2026-10-01 00:00Z', '2026-11-01 00:00Z', 4, 3, 1, 'acme', '', 'floor', 'v2', 18.50);
            """;

    private static final TestDatabase SERVER = PostgresFixture.freshDatabase();

    @BeforeAll
    static void settle() throws SQLException {
        SERVER.provisioned();
        try (Database pricing = database("pricing");
                Database ledger = database("ledger")) {
            EventLog log = new EventLog("pricing", Clock.systemUTC());
            List<NewEvent> events =
                    List.of(
                            event(1, "pricing.SomethingElse", new byte[0]),
                            settled(
                                    2,
                                    term("promise", "v1", "USD", "250.00")
                                            .setContract("azure")
                                            .setReason(
                                                    SettlementReason
                                                            .SETTLEMENT_REASON_COMMITMENT_SHORTFALL)),
                            settled(
                                    3,
                                    term("floor", "v2", "EUR", "-18.5")
                                            .setTenant("acme")
                                            .setReason(
                                                    SettlementReason.SETTLEMENT_REASON_MINIMUM)));
            pricing.write(transaction -> log.append(transaction, events));
            assertThat(ledger.service()).isEqualTo("ledger");
        }
    }

    @BeforeEach
    void book() throws SQLException {
        change(TRUE_BOOK);
    }

    private static Database database(String service) {
        return new Database(new ServiceSettings(service, SERVER.jdbcUrl(), PASSWORD, PASSWORD, 2));
    }

    private static PeriodSettled.Builder term(
            String term, String version, String currency, String amount) {
        return PeriodSettled.newBuilder()
                .setTerm(term)
                .setVersion(version)
                .setPeriodStartTimeMicros(OCTOBER)
                .setPeriodEndTimeMicros(NOVEMBER)
                .setCurrencyCode(currency)
                .setAmount(amount);
    }

    private static NewEvent settled(long key, PeriodSettled.Builder settled) {
        return event(key, "pricing.PeriodSettled", settled.build().toByteArray());
    }

    private static NewEvent event(long key, String type, byte[] payload) {
        return NewEvent.of("", new UUID(7, key), EventType.of(type), payload);
    }

    private static void change(String sql) throws SQLException {
        try (Connection superuser = SERVER.connect();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Finding check() throws SQLException {
        try (Connection ledger = SERVER.connectAs("meterbook_ledger", PASSWORD)) {
            return new SettlementCheck(ledger).check();
        }
    }

    private static Finding accounts() throws SQLException {
        try (Connection ledger = SERVER.connectAs("meterbook_ledger", PASSWORD)) {
            return new BookCheck(ledger, ledger).accounts();
        }
    }

    @Test
    void a_true_book_holds() throws SQLException {
        assertThat(check())
                .isEqualTo(Finding.ok("every settled period is booked once", "2 settlements"));
        assertThat(accounts().holds()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount = 251 where rating_position = 2|position 2: booked as: azure, term promise (2) of v1",
                "term = 'other' where rating_position = 3|position 3: booked as: acme, term other",
                "version = 'v3' where rating_position = 3|position 3: booked as: acme",
                "debit_account = 3, credit_account = 4 where rating_position = 3|position 3: booked as: acme",
                "tenant_id = 'globex' where rating_position = 3|position 3: booked as: globex",
                "kind = 2 where rating_position = 3|position 3: booked as: acme, term floor (2)",
                "period_end = '2026-11-02 00:00Z' where rating_position = 2|position 2: booked as: azure",
                "rating_position = 1 where rating_position = 2|names position 1 of the rating log, which settles no period",
                "rating_position = 4 where rating_position = 3|position 3: acme, term floor (1) of v2",
            })
    void a_changed_settlement_is_named(String change, String named) throws SQLException {
        change("update ledger.settlement set " + change);

        assertThat(check().holds()).isFalse();
        assertThat(check().detail()).contains(named);
    }

    @Test
    void a_missing_settlement_is_named() throws SQLException {
        change("delete from ledger.settlement where rating_position = 2");

        assertThat(check().detail())
                .startsWith("rating log, position 2: azure, term promise")
                .endsWith("is not booked (or set aside: ./meterbook dead-letters)");
        assertThat(accounts().detail()).startsWith("account 1 (operator, type 13 azure USD)");
    }

    @Test
    void a_settlement_of_no_event_is_named() throws SQLException {
        change(
                "insert into ledger.settlement select 9, record_time, period_start, period_end,"
                        + " debit_account, credit_account, kind, tenant_id, contract, term, version,"
                        + " amount from ledger.settlement where rating_position = 2");

        assertThat(check().detail())
                .isEqualTo(
                        "a settlement names position 9 of the rating log, which settles no period");
    }
}
