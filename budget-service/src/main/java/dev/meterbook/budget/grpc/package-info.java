/** The gRPC edge: budgets and authorizations in, prices out of the pricing service. */
@NullMarked
package dev.meterbook.budget.grpc;

import org.jspecify.annotations.NullMarked;
