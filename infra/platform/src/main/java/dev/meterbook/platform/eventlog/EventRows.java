package dev.meterbook.platform.eventlog;

import java.util.ArrayList;
import java.util.List;

/** The events of one append as they are to be stored, in their order. */
final class EventRows {

    /** So many go with batch and head in one statement; {@code COPY} is for more. */
    static final int FEW = 16;

    private final List<Row> rows;

    EventRows(int size) {
        this.rows = new ArrayList<>(size);
    }

    /**
     * One event.
     *
     * @param event the event
     * @param type name, revision and encoding
     * @param typeId number of the type
     * @param payload the payload, encoded
     */
    record Row(NewEvent event, StoredType type, short typeId, byte[] payload) {}

    void add(Row row) {
        rows.add(row);
    }

    List<Row> all() {
        return rows;
    }

    /** Their names, as {@link WakeUps#names} tells them. */
    String names() {
        return WakeUps.names(rows.stream().map(each -> each.type.type().name()));
    }
}
