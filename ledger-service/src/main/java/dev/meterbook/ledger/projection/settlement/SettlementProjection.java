package dev.meterbook.ledger.projection.settlement;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.Settlement;
import dev.meterbook.ledger.domain.Transfer;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountBook;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes settlements into the journal. */
@Singleton
public final class SettlementProjection {

    /**
     * Writes settlements.
     *
     * @param ids numbers of the accounts touched
     * @throws SQLException with state 23505 if one is booked already
     */
    public void write(
            Connection transaction, List<Settlement> settlements, Map<AccountKey, Integer> ids)
            throws SQLException {
        if (settlements.isEmpty()) {
            return;
        }
        String sql =
                """
                insert into settlement (rating_position, record_time, period_start, period_end,
                                        debit_account, credit_account, kind, tenant_id, contract,
                                        term, version, amount)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            for (Settlement each : settlements) {
                bind(insert, each, ids);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(
            PreparedStatement insert, Settlement settlement, Map<AccountKey, Integer> ids)
            throws SQLException {
        Transfer transfer = settlement.transfer();
        insert.setLong(1, settlement.ratingPosition());
        insert.setObject(2, SqlTimes.parameter(settlement.recordTime()));
        insert.setObject(3, SqlTimes.parameter(settlement.start()));
        insert.setObject(4, SqlTimes.parameter(settlement.end()));
        insert.setInt(5, AccountBook.idOf(ids, transfer.debit()));
        insert.setInt(6, AccountBook.idOf(ids, transfer.credit()));
        insert.setInt(7, settlement.kind().code());
        insert.setString(8, settlement.tenant());
        insert.setString(9, settlement.contract());
        insert.setString(10, settlement.term());
        insert.setString(11, settlement.version());
        insert.setBigDecimal(12, transfer.amount().amount());
    }
}
