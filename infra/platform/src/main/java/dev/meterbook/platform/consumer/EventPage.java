package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import java.util.List;

/**
 * Consecutive events of a log: the payload of one Axon message. One message for a thousand events
 * makes Axon's price for a message disappear.
 *
 * @param events those that the consumer wants; may be empty
 * @param last the last position of the page, whether wanted or not
 */
record EventPage(List<StoredEvent> events, long last) {}
