/** Axon Framework on the event log: event storage, message source, serializer, transactions. */
@NullMarked
package dev.meterbook.platform.axon;

import org.jspecify.annotations.NullMarked;
