package dev.meterbook.platform.eventlog;

/**
 * What one number of the table of types stands for.
 *
 * @param type name and revision
 * @param encoding how the payloads of events with this number are stored
 */
record StoredType(EventType type, PayloadEncoding encoding) {}
