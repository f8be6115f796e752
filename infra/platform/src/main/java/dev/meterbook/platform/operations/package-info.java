/** What the operator of a process needs to keep its consumers going, over gRPC. */
@NullMarked
package dev.meterbook.platform.operations;

import org.jspecify.annotations.NullMarked;
