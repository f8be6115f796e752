/** The book and its invoices over gRPC. */
@NullMarked
package dev.meterbook.ledger.grpc;

import org.jspecify.annotations.NullMarked;
